// SPDX-License-Identifier: Apache-2.0

package import Calls
package import OutboundHTTP
package import Signatures

/// Delivers webhooks as the platform does: `PlatformClient` over HTTP.
package protocol WebhookSender: Sendable {
    /// Posts a body and returns the reply.
    func post(_ body: [UInt8], event: String) async throws(PlatformError) -> PlatformReply
}

/// Posts webhooks to one server, with the platform's headers and its timeout.
package struct PlatformClient: WebhookSender {
    /// The largest reply, in bytes.
    private static let largestReply = 1 << 20

    private let target: WebhookTarget
    /// Asked for each webhook, since secrets change while a server runs.
    private let secret: @Sendable () -> WebhookSecret?
    private let trustsAnyone: Bool
    private let timeout: Duration
    private let http: OutboundHTTP
    private let now: @Sendable () -> Instant

    /// Creates a client that signs if there is a secret.
    ///
    /// `http` stays the caller's to shut down; `trustsAnyone` is for a server's calls to itself.
    package init(
        target: WebhookTarget, trustsAnyone: Bool = false,
        secret: @escaping @Sendable @autoclosure () -> WebhookSecret?,
        timeout: Duration = PlatformLimits.answer, http: OutboundHTTP,
        now: @escaping @Sendable () -> Instant
    ) {
        self.target = target
        self.trustsAnyone = trustsAnyone
        self.secret = secret
        self.timeout = timeout
        self.http = http
        self.now = now
    }

    package func post(_ body: [UInt8], event: String) async throws(PlatformError) -> PlatformReply {
        let deadline = ContinuousClock.now + timeout
        let headers = headers(of: body, event: event)
        do throws(HTTPFailure) {
            return try await send(body, headers, within: timeout)
        } catch {
            // A kept connection may have been closed at this very moment; a new one shows whether all is well.
            guard error == .closedBeforeReply else { throw reason(error) }
        }
        do throws(HTTPFailure) {
            return try await send(body, headers, within: ContinuousClock.now.duration(to: deadline))
        } catch {
            throw reason(error)
        }
    }

    private func send(
        _ body: [UInt8], _ headers: [(String, String)], within time: Duration
    ) async throws(HTTPFailure) -> PlatformReply {
        let response = try await http.post(
            body, to: target.description, headers: headers, within: time, largest: Self.largestReply,
            trustsAnyone: trustsAnyone)
        return PlatformReply(status: response.status, body: response.body, milliseconds: response.milliseconds)
    }

    /// The headers of a webhook (docs/platform.md, Requests); without a secret nothing is signed.
    private func headers(of body: [UInt8], event: String) -> [(String, String)] {
        let timestamp = String(now().seconds)
        let signature = secret().map { ("X-Webhook-Signature", $0.signature(timestamp: timestamp, body: body)) }
        // A kept connection would hide that no new one can be made, or that a new one leads elsewhere.
        let connection = event == Webhook.probeType ? ("Connection", "close") : nil
        return [
            ("Content-Type", "application/json"), ("User-Agent", "HMS-Sovereign/1.0"), ("X-Webhook-Event", event),
            ("X-Webhook-Timestamp", timestamp),
        ] + [signature, connection].compactMap(\.self)
    }

    private func reason(_ failure: HTTPFailure) -> PlatformError {
        switch failure {
        case .timedOut, .busy: .timedOut(after: timeout)
        case .closedBeforeReply, .closedDuringReply: .closed
        case .notHTTP(let reason): .notHTTP(reason: reason)
        case .tooLarge(let limit): .replyTooLarge(limit: limit)
        case .cancelled: .cancelled
        case .cannotConnect(let reason, _), .exhausted(let reason), .other(let reason):
            .cannotConnect(to: "\(target)", reason: reason)
        case .encryption(let problem): .encryption(to: "\(target)", problem)
        }
    }
}

/// What a server replied to a webhook.
package struct PlatformReply: Hashable, Sendable {
    package let status: Int
    package let body: [UInt8]
    /// From sending to the last byte received; a new connection counts.
    package let milliseconds: Double

    package init(status: Int, body: [UInt8], milliseconds: Double) {
        self.status = status
        self.body = body
        self.milliseconds = milliseconds
    }
}

/// Why a webhook got no reply.
package enum PlatformError: Error, Equatable, Sendable {
    case cannotConnect(to: String, reason: String)
    case timedOut(after: Duration)
    /// The connection was closed before the reply was complete.
    case closed
    case notHTTP(reason: String)
    case replyTooLarge(limit: Int)
    case encryption(to: String, TLSProblem)
    case cancelled
}

extension PlatformError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotConnect(let target, let reason): "cannot connect to \(target): \(reason)"
        case .encryption(let target, let problem): "cannot connect to \(target): \(problem); \(problem.advice)"
        case .timedOut, .closed, .notHTTP, .replyTooLarge, .cancelled: reason
        }
    }

    /// What to do; `nil` if that depends.
    package var advice: String? {
        if case .encryption(_, let problem) = self { problem.advice } else { nil }
    }

    /// What happened, without the address.
    package var reason: String {
        switch self {
        case .cannotConnect(_, let reason): "cannot connect: \(reason)"
        case .encryption(_, let problem): problem.description
        case .timedOut(let timeout):
            "no reply within \(Int(timeout / .milliseconds(1))) ms; the platform would use its default assistant"
        case .closed: "the connection was closed before the reply was complete"
        case .notHTTP(let reason): "the reply is not HTTP: \(reason)"
        case .replyTooLarge(let limit): "the reply is larger than \(limit) bytes"
        case .cancelled: "the call was cancelled"
        }
    }
}
