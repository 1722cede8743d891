// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import Signatures
import Testing
import TestSupport

/// The headers of a signed request, as they reach the verifier.
@Suite(.timeLimit(.minutes(5))) struct SignatureHeaderTests {
    private static let refused = Wire.refusal("401 Unauthorized", "the signature was refused", Wire.close)

    /// The lines of a request that carry a timestamp and a signature.
    typealias Headers = @Sendable (_ timestamp: String, _ signature: String) -> [String]

    static let rows: [Row<Headers, Bool>] = [
        Row(
            "as the platform writes them",
            {
                ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)"]
            }, true),
        Row(
            "in small letters, in another order",
            {
                ["x-webhook-signature:   \($1)", "x-webhook-timestamp:\($0)"]
            }, true),
        Row(
            "row 24: white space after the signature",
            {
                ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1) "]
            }, true),
        Row(
            "row 24: blanks and tabs around both",
            {
                ["X-Webhook-Timestamp:\t \($0)\t ", "X-Webhook-Signature: \t\($1) \t"]
            }, true),
        Row(
            "white space inside the signature",
            {
                ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1.prefix(20)) \($1.dropFirst(20))"]
            }, false),
        Row(
            "the signature twice",
            {
                ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)", "X-Webhook-Signature: \($1)"]
            }, false),
        Row(
            "a wrong signature after the right one",
            {
                ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)", "x-webhook-signature: sha256=00"]
            }, false),
        Row(
            "the timestamp twice",
            {
                ["X-Webhook-Timestamp: \($0)", "X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)"]
            }, false),
        Row("no timestamp", { ["X-Webhook-Signature: \($1)"] }, false),
        Row(
            "an empty signature",
            { timestamp, _ in
                ["X-Webhook-Timestamp: \(timestamp)", "X-Webhook-Signature:"]
            }, false),
        Row("nothing", { _, _ in [] }, false),
    ]

    @Test(arguments: rows) func areChecked(_ row: Row<Headers, Bool>) async throws {
        let secret = try #require(WebhookSecret(Array("one".utf8)))
        let timestamp = String(WallClock.system.now().seconds)
        let signature = secret.signature(timestamp: timestamp, body: Array(Wire.call().utf8))
        let request = Wire.request(
            "POST /webhook HTTP/1.1", Wire.last + row.input(timestamp, signature), body: Wire.call())
        let received = try await ListeningServer.run(secret: secret) { try await $0.answer(to: [request]) }
        #expect(received == (row.expected ? Wire.lastGreeted : Self.refused))
    }
}
