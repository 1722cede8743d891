// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import Contacts
import Rules
import Signatures
import TestSupport
import Testing

struct SecretRotationTests {
    @Test func newSecretsCountAtOnceAndSurviveNewRulesAndOverrides() throws {
        let office = try Office()
        let body = WebhookBody.sample { _ in }.text
        let statuses = { [office.send(body, secret: "one").status, office.send(body, secret: "three").status] }
        #expect(statuses() == [200, 401])
        let secret = try #require(WebhookSecret(Array("three".utf8)))
        office.service.use(SignatureVerifier(secrets: [secret]))
        #expect(statuses() == [401, 200])
        #expect(
            office.service.signingSecret?.signature(timestamp: "1", body: [])
                == secret.signature(timestamp: "1", body: []),
            "the server's own probes are signed with the new secret")
        _ = office.overrides.use(.sample(otherwise: .greeting("Other")), contacts: .init(sources: []))
        #expect(statuses() == [401, 200])
    }
}
