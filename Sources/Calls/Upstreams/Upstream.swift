// SPDX-License-Identifier: Apache-2.0

/// Another server that is asked for an answer or receives webhooks.
package struct Upstream: Hashable, Sendable {
    package let url: String
    /// How long to wait for its reply.
    package let timeout: Duration

    package init(url: String, timeout: Duration) {
        self.url = url
        self.timeout = timeout
    }

    /// The server for people: the URL without user, password and query, which may hold secrets.
    package var name: String { Self.name(of: url) }

    /// A URL for people: without user, password and query, which may hold secrets.
    package static func name(of url: String) -> String {
        let shown = url.prefix { $0 != "?" && $0 != "#" }
        guard let slashes = shown.firstRange(of: "://") else { return String(shown) }
        let rest = shown[slashes.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return String(shown) }
        return String(shown[..<slashes.upperBound] + rest[rest.index(after: at)...])
    }
}

/// Sends webhooks to other servers.
package protocol UpstreamClient: Sendable {
    /// Forwards a webhook as it came and returns the server's reply within the time.
    func send(_ webhook: ForwardedWebhook, to url: String, within time: Duration) async -> UpstreamReply
}

/// A webhook as it came, so that another server can check the platform's signature itself.
package struct ForwardedWebhook: Hashable, Sendable {
    /// The raw bytes that were signed.
    package let body: [UInt8]
    /// The `X-Webhook-*` headers in the order in which they came.
    package let headers: [Header]

    package init(body: [UInt8], headers: [Header]) {
        self.body = body
        self.headers = headers
    }

    /// One header of a webhook.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// The result of sending a webhook to another server.
package enum UpstreamReply: Hashable, Sendable {
    /// A JSON object with a status of 2xx, byte for byte.
    case answered([UInt8])
    /// Status 204: the server has no answer of its own.
    case noContent
    case failed(UpstreamFailure)
}

/// Why another server's reply is not used.
package enum UpstreamFailure: Hashable, Sendable {
    case timedOut
    /// The words say why, for people.
    case unreachable(String)
    case status(Int)
    case notJSON
    /// The reply has more bytes than are read.
    case tooLarge(limit: Int)
    /// Skipped for a while after repeated failures.
    case skipped
    /// All connections to the server were in use, so it was not asked.
    case busy(connections: Int)
    /// This machine could not open one more connection, so it was not asked; the words say why, for people.
    case exhausted(String)
    /// The call is hypothetical, so the server was not asked.
    case notAsked
}

extension UpstreamFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .timedOut: "timed out"
        case .unreachable(let problem): "could not be reached: \(problem)"
        case .status(let status): "answered with status \(status)"
        case .notJSON: "did not return a JSON object"
        case .tooLarge(let limit): "returned more than \(limit) bytes"
        case .skipped: "was skipped after repeated failures"
        case .busy(let connections): "was not asked: all \(connections) connections to it were in use"
        case .exhausted(let problem): "was not asked: no connection could be opened here: \(problem)"
        case .notAsked: "is not asked about a hypothetical call"
        }
    }
}

/// The result of asking another server for an answer, and how long it took.
package struct UpstreamReport: Hashable, Sendable {
    package let reply: UpstreamReply
    package let milliseconds: Int

    package init(reply: UpstreamReply, milliseconds: Int) {
        self.reply = reply
        self.milliseconds = milliseconds
    }
}

extension UpstreamReport: CustomStringConvertible {
    package var description: String {
        switch reply {
        case .answered: "answered in \(milliseconds) ms"
        case .noContent: "answered without content (204) in \(milliseconds) ms"
        case .failed(.notAsked): "\(UpstreamFailure.notAsked)"
        case .failed(.skipped): "\(UpstreamFailure.skipped)"
        case .failed(let failure): "\(failure) after \(milliseconds) ms"
        }
    }
}
