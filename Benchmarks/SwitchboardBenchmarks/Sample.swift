// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import EventLog
import CallAnswering
import PhoneNumbers
import Rules
import Signatures
import TimeZones

/// The rules, the secret and the webhook that everything here is measured with.
enum Sample {
    static let secretText = "benchmark-secret"

    static let rules = """
        version: 1
        timezone: Europe/Amsterdam
        country: NL
        lines:
          - { number: "+31850835037", name: HMS Sovereign Demo, group: demo, hours: always }
        hours:
          always: { weekly: { mon-sun: ["00:00-24:00"] }, closed: closed }
        answers:
          closed: { reject: "We are closed." }
        rules:
          - { name: blocked, when: { caller: { prefix: "+99" } }, answer: closed }
          - { name: german speakers, when: { caller: { prefix: ["+49", "+43", "+41"] } }, answer: default }
          - { name: at night, when: { during: ["00:00-00:01"] }, answer: default }
          - { name: jan, when: { caller: "+31612345678" }, answer: { greeting: "Hallo Jan, welkom bij {{line.name}}!" } }
        otherwise: default
        """

    /// The request of the project's own acceptance test, with a call id of its own.
    static func body(call id: String, from caller: String = "+31612345678", to called: String = "+31850835037")
        -> [UInt8]
    {
        Array(
            """
            {"message":{"type":"assistant-request","timestamp":"2025-12-13T12:00:00.000Z",\
            "call":{"id":"\(id)","type":"inbound_phone_call","status":"ringing"},\
            "phone_number":{"number":"\(called)","name":"HMS Sovereign Demo"},\
            "customer":{"number":"\(caller)"}}}
            """.utf8)
    }

    /// A call id of the usual length.
    static func callID(_ number: Int) -> String {
        let digits = String(number)
        return "5c4d030f-43e3-4e65-899e-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    static var ruleBook: RuleSet {
        let outcome = RulesFile.read(
            Array(rules.utf8), name: "benchmark", zones: TimeZones.zone(named:),
            files: { _ in .unreadable("the benchmark has no files") }, plan: WorldNumberingPlan())
        guard let file = outcome.file else {
            preconditionFailure("the benchmark's own rules are wrong")
        }
        return file.rules
    }

    static var secret: WebhookSecret {
        guard let secret = WebhookSecret(Array(secretText.utf8)) else {
            preconditionFailure("the benchmark's own secret is empty")
        }
        return secret
    }

    static func exchange(log: EventLog) -> AnswerService {
        AnswerService(
            verifier: SignatureVerifier(secrets: [secret]),
            rules: CurrentRules(CompiledRules(ruleBook)), log: log, clock: .system,
            answerWithin: 4_000_000_000, numbers: WorldNumberingPlan(), upstreams: NoServers())
    }
}

/// The benchmark's rules ask nobody.
private struct NoServers: UpstreamClient {
    func send(_ webhook: ForwardedWebhook, to url: String, within time: Duration) async -> UpstreamReply {
        .failed(.notAsked)
    }
}
