// SPDX-License-Identifier: Apache-2.0

import Calls
import Signatures
import TestSupport
import Testing

@Suite struct WebhookSecretTests {
    @Test func twoSecretsAreTriedInTurnWhileRotating() {
        let new = WebhookSecret.named("the new one")
        let delivery = Delivery("signed with the old secret")
        #expect(delivery.refusal(by: [new, .test]) == nil)
        #expect(delivery.refusal(by: [.test, new]) == nil)
        #expect(delivery.refusal(by: [new]) == .badSignature)
    }

    @Test func withoutSecretsNothingIsAccepted() {
        #expect(Delivery("good").refusal(by: []) == .badSignature)
    }

    @Test func anEmptySecretCannotBeMade() {
        #expect(WebhookSecret([]) == nil)
    }

    @Test func aSecretMayBeLongAndOfAnyBytes() {
        let secret = WebhookSecret(Array(repeating: 0xFF, count: 1000) + [0])
        #expect(secret?.signature(timestamp: "1", body: []).count == 71)
    }

    /// The library's own HMAC says the same, around the block of the hash and around what is joined on the stack.
    @Test(arguments: [1, 20, 63, 64, 65, 200], [0, 1, 285, 948, 949, 950, 961, 5000])
    func theCodeIsThatOfRFC2104(keySize: Int, bodySize: Int) throws {
        var random = SeededGenerator(seed: UInt64(keySize * 10_000 + bodySize))
        let key = (0..<keySize).map { _ in UInt8.random(in: 0...255, using: &random) }
        let body = (0..<bodySize).map { _ in UInt8.random(in: 0...255, using: &random) }
        let secret = try #require(WebhookSecret(key))
        let code = try #require(LibraryHMAC.code(of: Array("1765627200.".utf8) + body, key: key))
        let digits = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(secret.signature(timestamp: "1765627200", body: body) == "sha256=" + digits)
    }

    @Test func aSecretNeverShowsItself() {
        let secret = WebhookSecret.named("hunter2-hunter2")
        #expect("\(secret)" == "(secret)")
        #expect(String(reflecting: secret) == "(secret)")
        #expect(!String(describing: [secret]).contains("hunter2"))
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }
}
