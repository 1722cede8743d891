// SPDX-License-Identifier: Apache-2.0

package import Calls
import JSON

/// What goes back over the wire; the listener turns it into HTTP.
package struct Reply: Equatable, Sendable {
    package let status: Status
    /// JSON.
    package let body: [UInt8]

    package init(status: Status, body: [UInt8]) {
        self.status = status
        self.body = body
    }

    /// The statuses that a webhook can get.
    package enum Status: Int, Sendable, CaseIterable {
        case ok = 200
        case badRequest = 400
        case unauthorized = 401
        case notFound = 404
        case methodNotAllowed = 405
        case requestTimeout = 408
        case contentTooLarge = 413
        case expectationFailed = 417
        case tooManyRequests = 429
        case notImplemented = 501
        case serviceUnavailable = 503
    }

    /// The empty answer.
    static let empty = Reply(status: .ok, body: Array("{}".utf8))

    /// The error for a model that calls tools while no server serves them (docs/platform.md, Answers).
    static let noTools = Reply(status: .ok, body: Array(#"{"error":"no tools are served here"}"#.utf8))

    /// The error for a model whose tools could not be reached (docs/platform.md, Answers).
    static let toolsFailed = Reply(
        status: .ok, body: Array(#"{"error":"the tools cannot be reached at the moment"}"#.utf8))

    /// The reply to a probe, which repeats its id; `nil` for other webhooks.
    ///
    /// Nothing is recorded: a probe is not a call.
    init?(toProbe webhook: Webhook) {
        guard case .other(Webhook.probeType) = webhook.event else { return nil }
        let id = webhook.call.callID.text
        guard id.utf8.count <= 64, id.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || Self.isLetterOrDigit($0) }) else {
            self = .empty
            return
        }
        self.init(status: .ok, body: Array("{\"probe\":\"\(id)\"}".utf8))
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }

    /// A refusal in words that reveal nothing about the server.
    package init(refusing refusal: Refusal) {
        let (status, words) = Self.wording(of: refusal)
        self.init(status: status, body: JSONValue.object([.init("error", .string(words))]).bytes)
    }

    private static func wording(of refusal: Refusal) -> (Status, String) {
        switch refusal {
        case .missingSignature, .badSignature, .badTimestamp, .stale: (.unauthorized, "the signature was refused")
        case .notHTTP: (.badRequest, "this is not HTTP/1.1")
        case .notJSON: (.badRequest, "the body is not JSON")
        case .noMessageType: (.badRequest, "message.type is missing")
        case .wrongPath(let path): (.notFound, "nothing is served at \(path)")
        case .wrongMethod: (.methodNotAllowed, "only POST is served here")
        case .tooLarge: (.contentTooLarge, "the body is too large")
        case .tooSlow: (.requestTimeout, "the request came too slowly")
        case .incomplete: (.badRequest, "the request is incomplete")
        case .unknownCoding: (.notImplemented, "only the transfer coding chunked is known")
        case .unknownExpectation: (.expectationFailed, "only 100-continue can be expected")
        case .tooManyRequests: (.tooManyRequests, "too many requests are incomplete")
        case .stopping: (.serviceUnavailable, "the server is stopping")
        }
    }
}
