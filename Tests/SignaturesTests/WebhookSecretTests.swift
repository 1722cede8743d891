// SPDX-License-Identifier: Apache-2.0

import Calls
import Signatures
import Testing

@Suite struct WebhookSecretTests {
    @Test func `two secrets are tried in turn while rotating`() {
        let new = WebhookSecret.named("the new one")
        let delivery = Delivery("signed with the old secret")
        #expect(delivery.refusal(by: [new, .test]) == nil)
        #expect(delivery.refusal(by: [.test, new]) == nil)
        #expect(delivery.refusal(by: [new]) == .badSignature)
    }

    @Test func `without secrets nothing is accepted`() {
        #expect(Delivery("good").refusal(by: []) == .badSignature)
    }

    @Test func `an empty secret cannot be made`() {
        #expect(WebhookSecret([]) == nil)
    }

    @Test func `a secret may be long and of any bytes`() {
        let secret = WebhookSecret(Array(repeating: 0xFF, count: 1000) + [0])
        #expect(secret?.signature(timestamp: "1", body: []).count == 71)
    }

    @Test func `a secret never shows itself`() {
        let secret = WebhookSecret.named("hunter2-hunter2")
        #expect("\(secret)" == "(secret)")
        #expect(String(reflecting: secret) == "(secret)")
        #expect(!String(describing: [secret]).contains("hunter2"))
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }
}
