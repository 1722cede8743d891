// SPDX-License-Identifier: Apache-2.0

import Calls

/// Sends a signed webhook to an address and finds out whether it leads to a Switchboard that has the same secret.
///
/// The server answers a probe and counts nothing, so that it can be sent to a live system at any time.
package struct Probe: Sendable {
    private let sender: any WebhookSender

    package init(through sender: any WebhookSender) {
        self.sender = sender
    }

    /// An id that no other probe has.
    package static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        return "probe-\(String(generator.next(), radix: 36))-\(String(generator.next(), radix: 36))"
    }

    /// What the body of a probe is like.
    package enum Shape: Sendable {
        case plain
        /// With spaces, escapes and numbers that are lost when something on the way reads JSON and writes it again.
        case unusual
        /// As large as the report of a long call.
        case large
    }

    /// How many bytes a large body has at least.
    package static let largeBytes = 256 << 10

    /// Sends one probe with an id that the server repeats: digits, small letters and hyphens, at most 64.
    package func send(id: String, shape: Shape = .plain) async -> ProbeResult {
        do throws(PlatformError) {
            return ProbeResult(
                try await sender.post(Array(Self.body(id, shape).utf8), event: Webhook.probeType), to: id)
        } catch {
            return .unanswered(error)
        }
    }
}

extension Probe {
    private static func body(_ id: String, _ shape: Shape) -> String {
        let call = #""type":"\#(Webhook.probeType)","call":{"id":"\#(id)"}"#
        return switch shape {
        case .plain: "{\"message\":{\(call)}}"
        case .unusual:
            "{ \"message\" :\t{\(call), \"text\": \"caf\u{E9} \\u00e9 \\/ \u{1F4DE}\", \"number\": 1.0e+2, \"big\": 12345678901234567890 } }\r\n"
        case .large:
            "{\"message\":{\(call),\"text\":\"\(String(repeating: "0123456789abcdef", count: largeBytes / 16))\"}}"
        }
    }
}

/// Where a probe arrived.
package enum ProbeResult: Equatable, Sendable {
    /// A server with the same secret answered; the time includes connecting.
    case answered(milliseconds: Double)
    /// A server answered, and refused the signature.
    case refused
    case noWebhookHere
    case redirected(status: Int)
    /// A gateway on the way could not reach the server.
    case gatewayFailed(status: Int)
    /// Something else answered, or a Switchboard that does not know probes.
    case notRepeated(status: Int)
    case unanswered(PlatformError)

    /// Reads the reply to the probe with this id.
    init(_ reply: PlatformReply, to id: String) {
        switch reply.status {
        case 200 where reply.body == Array("{\"probe\":\"\(id)\"}".utf8):
            self = .answered(milliseconds: reply.milliseconds)
        case 401, 403: self = .refused
        case 404, 405: self = .noWebhookHere
        case 300...399: self = .redirected(status: reply.status)
        case 502...504, 520...530: self = .gatewayFailed(status: reply.status)
        case let status: self = .notRepeated(status: status)
        }
    }

    package var isFine: Bool {
        if case .answered = self { true } else { false }
    }

    /// A word for programs.
    package var code: String {
        switch self {
        case .answered: "answered"
        case .refused: "refused"
        case .noWebhookHere: "no_webhook"
        case .redirected: "redirected"
        case .gatewayFailed: "gateway_failed"
        case .notRepeated: "not_repeated"
        case .unanswered: "unanswered"
        }
    }
}

extension ProbeResult: CustomStringConvertible {
    /// What happened, and what to do.
    package var description: String {
        if case .unanswered(let error) = self { return "\(error)" }
        return words + (advice.map { ": \($0)" } ?? "")
    }

    /// What happened.
    package var words: String {
        switch self {
        case .answered(let milliseconds): "answered in \(Int(milliseconds.rounded(.up))) ms"
        case .refused: "the signature was refused"
        case .noWebhookHere: "nothing is served at this path"
        case .redirected(let status): "redirected (\(status))"
        case .gatewayFailed(let status): "the gateway answered \(status)"
        case .notRepeated(let status): "answered \(status), but not by this version of Switchboard"
        case .unanswered(let error): error.reason
        }
    }

    /// What to do; `nil` if that depends.
    package var advice: String? {
        switch self {
        case .answered: nil
        case .refused: "compare the secrets, and check that nothing on the way changes the body"
        case .noWebhookHere: "check the path of the address"
        case .redirected: "use the final address, since webhooks are not sent twice"
        case .gatewayFailed: "it cannot reach the server"
        case .notRepeated: "check where the address leads"
        case .unanswered(let error): error.advice
        }
    }
}
