// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import Signatures
import Testing
import TestSupport

/// The headers of a signed request, as they reach the verifier.
@Suite(.timeLimit(.minutes(1))) struct SignatureHeaderTests {
    private static let refused = Wire.refusal("401 Unauthorized", "the signature was refused", Wire.close)

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let headers: @Sendable (_ timestamp: String, _ signature: String) -> [String]
        let isAnswered: Bool

        init(_ name: String, isAnswered: Bool, _ headers: @escaping @Sendable (String, String) -> [String]) {
            testDescription = name
            self.headers = headers
            self.isAnswered = isAnswered
        }
    }

    static let examples = [
        Example("as the platform writes them", isAnswered: true) {
            ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)"]
        },
        Example("in small letters, in another order", isAnswered: true) {
            ["x-webhook-signature:   \($1)", "x-webhook-timestamp:\($0)"]
        },
        Example("the signature twice", isAnswered: false) {
            ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)", "X-Webhook-Signature: \($1)"]
        },
        Example("a wrong signature beside the right one", isAnswered: false) {
            ["X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)", "x-webhook-signature: sha256=00"]
        },
        Example("the timestamp twice", isAnswered: false) {
            ["X-Webhook-Timestamp: \($0)", "X-Webhook-Timestamp: \($0)", "X-Webhook-Signature: \($1)"]
        },
        Example("no timestamp", isAnswered: false) { ["X-Webhook-Signature: \($1)"] },
        Example("an empty signature", isAnswered: false) { timestamp, _ in
            ["X-Webhook-Timestamp: \(timestamp)", "X-Webhook-Signature:"]
        },
        Example("nothing", isAnswered: false) { _, _ in [] },
    ]

    @Test(arguments: examples) func areChecked(_ example: Example) async throws {
        let secret = try #require(WebhookSecret(Array("one".utf8)))
        let timestamp = String(WallClock.system.now().seconds)
        let signature = secret.signature(timestamp: timestamp, body: Array(Wire.call().utf8))
        let request = Wire.request(
            "POST /webhook HTTP/1.1", Wire.last + example.headers(timestamp, signature), body: Wire.call())
        let received = try await ListeningServer.run(secret: secret) { try await $0.answer(to: [request]) }
        #expect(received == (example.isAnswered ? Wire.lastGreeted : Self.refused))
    }
}
