// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Contacts
import ControlAPI
import ControlServer
import DryRuns
import EventLog
import JSON
import Overrides
import PhoneNumbers
import Rules
import Synchronization
import TestSupport
import Testing
import TimeZones
import WireFormat

@testable import SwitchboardCommands

/// The server, `explain`, `test` and the API give a call the same answer for the same reason.
@Suite(.timeLimit(.minutes(2))) struct AgreementTests {
    private static let files = 100
    private static let callsPerFile = 100

    /// One run: the other thread of a small machine is left to tests that wait for replies.
    @Test func theServerExplainTestAndTheAPIAgree() async throws {
        var random = SeededGenerator(seed: 20_261_130)
        var deciders: Set<String> = []
        for index in 0..<Self.files {
            let rules = RandomRules(isCounting: index % 4 == 3, &random)
            // A server counts the calls of before, so they come in order.
            let calls = (0..<Self.callsPerFile).map { RandomCall(index: $0, &random) }.sorted { $0.at < $1.at }
            let desk = try Desk(rules.text(tests: calls))
            for (call, ruleCase) in zip(calls, desk.file.cases) {
                // Other tests wait for replies meanwhile.
                await Task.yield()
                let explainedByAPI = try await desk.explainedByAPI(call)
                let explained = try await desk.explained(call)
                let served = try await desk.served(call)
                deciders.insert(served.by.prefix { $0 != " " }.description)
                let place = "file \(index), call \(call.index) from \(call.from) to \(call.to) at \(call.at.iso8601)"
                #expect(explainedByAPI == served, "API, \(place)")
                // Earlier calls are counted by a server only.
                guard !rules.isCounting else { continue }
                #expect(explained == served, "explain, \(place)")
                let expected = RuleCase.Expectation(by: served.by, answer: JSONReader.read(served.answer))
                let result = CaseResult(
                    RuleCase(name: "c", line: 1, call: ruleCase.call, expected: expected), in: desk.dryRun)
                #expect(result.passes, "test, \(place): \(result.differences)")
            }
        }
        #expect(deciders.isSuperset(of: ["rule", "hours", "unknown", "otherwise"]), "there is something to agree on")
    }
}

/// What a call got, and what decided it.
private struct Outcome: Equatable, CustomStringConvertible {
    let by: String
    let answer: [UInt8]

    var description: String { "\(by): \(String(decoding: answer, as: UTF8.self))" }
}

/// A call, with contacts that follow from the caller's number.
private struct RandomCall {
    let index: Int
    /// A number, or `withheld`.
    let from: String
    let to: String
    let at: Instant

    private static let callers =
        (0..<8).map { "+3161234567\($0)" } + (0..<8).map { "+4915112345\($0)78" } + ["+12125550143", "withheld"]
    static let lines = ["+31201234567", "+31850835037", "+442079460123"]

    init(index: Int, _ random: inout SeededGenerator) {
        self.index = index
        from = Self.callers.randomElement(using: &random) ?? ""
        to = (Self.lines + ["+33123456789"]).randomElement(using: &random) ?? ""
        // Four weeks around the end of summer time.
        at = Instant(seconds: 1_791_600_000 + Int64.random(in: 0..<28 * 86_400, using: &random))
    }

    /// The call as the platform announces it.
    var webhook: WebhookBody {
        .sample { body in
            body.call = ["id": .string("c-\(index)"), "type": "inbound_phone_call", "status": "ringing"]
            body.phoneNumber = ["number": .string(to)]
            body.customer = ["number": from == "withheld" ? .null : .string(from)]
        }
    }

    /// The call as a case of a rules file.
    var testCase: String {
        #"  - { name: "\#(index)", call: { from: "\#(from)", to: "\#(to)", at: "\#(at.iso8601)" }, "#
            + "with: { contact: \(Self.contactText(from)) }, expect: { by: otherwise } }"
    }

    private static func contactText(_ number: String) -> String {
        switch PhoneNumber(number).map(CRM.answer) {
        case .found(let contact)?:
            "{ "
                + contact.attributes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
                + " }"
        case .unknown?, nil: "unknown"
        case .timedOut?, .skipped?, .busy?, .failed?: "unavailable"
        }
    }
}

/// A contact source that knows some callers and fails for some, always for the same.
private struct CRM: RemoteContacts {
    let name = "crm"
    let asksForLine = false

    func contact(for query: ContactQuery, within time: Duration) async -> ContactAnswer { Self.answer(query.number) }

    static func answer(_ number: PhoneNumber) -> ContactAnswer {
        var hash = FNV1a()
        hash.combine(number.description.utf8)
        return switch hash.value % 6 {
        case 0: .found(Contact(attributes: ["name": "Jan", "tier": "vip"]))
        case 1: .found(Contact(attributes: ["tier": "gold"]))
        case 2: .found(Contact(attributes: ["name": "Zoë"]))
        case 3: .unknown
        case 4: .failed("no connection")
        default: .timedOut
        }
    }
}

/// A rules file of random rules.
private struct RandomRules {
    let isCounting: Bool
    private var rules: [String] = []
    private let head: String

    private static let tests = [
        #"caller: ["+31612345671", "+31612345672"]"#, #"caller: { prefix: "+49" }"#, "caller: withheld",
        "caller: { country: [NL, US] }", "caller: { language: de }", "contact: known", "contact: unknown",
        "contact: unavailable",
        "contact: { tier: [vip, gold] }", "contact: { name: { present: true } }", "group: a", #"line: "+31850835037""#,
        "weekday: mon-wed", #"during: ["09:00-17:30"]"#, #"date: "2026-10-20..2026-10-31""#,
    ]
    private static let counts = [
        "calls_from_caller: { more_than: 2, within: 30d }", "calls_to_line: { more_than: 9, within: 1d }",
        "calls_from_caller: { more_than: 1, within: 20d, to: line }", "seen_before: { within: 3d }",
    ]
    private static let answers = [
        "default", #"{ greeting: "Hi {{contact.name|you}}, it is {{time.hour}}." }"#,
        #"{ greeting: "Call from {{caller.country|abroad}} on {{line.name}}" }"#, #"{ reject: "No." }"#,
        "{ max_duration: 60 }", #"{ raw: '{"error":"{{caller.number|nobody}}"}' }"#,
    ]

    init(isCounting: Bool, _ random: inout SeededGenerator) {
        self.isCounting = isCounting
        let unknown = Bool.random(using: &random) ? "unknown_line: { reject: \"Not in service.\" }\n" : ""
        head = """
            version: 1
            timezone: \(["Europe/Amsterdam", "America/New_York", "UTC"].randomElement(using: &random) ?? "UTC")
            tag_answers: false
            contacts: [{ http: { url: "http://127.0.0.1:9/{number}" } }]
            hours:
              office: { weekly: { mon-fri: ["08:30-17:30"], sat: ["22:00-02:00"] }, closed: { reject: "Closed." } }
            lines:
              - { number: "+31201234567", name: Front, group: a, hours: office }
              - { number: "+31850835037", name: Demo, group: a }
              - { number: "+442079460123", name: London, timezone: Europe/London, hours: office }
            \(unknown)otherwise: { greeting: "Hello {{contact.tier|there}}" }

            """
        for index in 0..<Int.random(in: 1...16, using: &random) {
            let condition = Self.condition(depth: 2, isCounting, &random)
            let bypass = Int.random(in: 0..<5, using: &random) == 0 ? "bypass_closures: true, " : ""
            rules.append("  - { name: r\(index), when: { \(condition) }, \(bypass)\(Self.outcome(&random)) }")
        }
    }

    /// The file, with a case for each call.
    func text(tests calls: [RandomCall]) -> String {
        head + (["rules:"] + rules + ["tests:"] + calls.map(\.testCase)).joined(separator: "\n") + "\n"
    }

    private static func condition(depth: Int, _ isCounting: Bool, _ random: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 5: "not: { \(condition(depth: depth - 1, isCounting, &random)) }"
        case 6, 7:
            "\(Bool.random(using: &random) ? "any" : "all"): [{ \(condition(depth: depth - 1, isCounting, &random)) }, "
                + "{ \(condition(depth: depth - 1, isCounting, &random)) }]"
        default: (isCounting ? tests + counts : tests).randomElement(using: &random) ?? tests[0]
        }
    }

    private static func outcome(_ random: inout SeededGenerator) -> String {
        let answers = (0..<2).map { _ in self.answers.randomElement(using: &random) ?? "default" }
        guard Int.random(in: 0..<6, using: &random) == 0 else { return "answer: \(answers[0])" }
        return "split: { by: line, arms: [{ name: x, weight: 1, answer: \(answers[0]) }, "
            + "{ name: y, weight: 2, answer: \(answers[1]) }] }"
    }
}

/// A server on one rules file, with everything that explains its decisions.
private final class Desk: Sendable {
    let file: RulesFile
    let dryRun: DryRun
    private let time = TestTime()
    private let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
    private let answers: AnswerService
    private let overrides: OverrideService
    private let contacts: ContactDirectory

    init(_ text: String) throws {
        let outcome = RulesFile.read(
            Array(text.utf8), name: "rules.yaml", zones: TimeZones.zone(named:),
            files: { _ in .unreadable("there is no such file") }, plan: ConfigurationSource.numbers)
        let errors = outcome.findings.filter { $0.severity == .error }
        let file = try #require(outcome.file, "\(errors)\n\(text)")
        self.file = file
        contacts = ContactDirectory(sources: [
            .remote(RemoteSource(CRM(), timeout: .seconds(1), lifetime: .zero, rests: false))
        ])
        let rules = CurrentRules(CompiledRules(file.rules), contacts: contacts)
        let clock = WallClock(now: { [time] in time.now.withLock { $0 } }, ticks: { 0 })
        answers = AnswerService(
            verifier: nil, rules: rules, log: log, clock: clock, answerWithin: 4_000_000_000,
            numbers: ConfigurationSource.numbers, upstreams: ScriptedUpstreams())
        overrides = OverrideService(rules: rules, log: log, clock: clock, store: InMemoryOverrideStore())
        dryRun = DryRun(rules: file.rules, numbers: ConfigurationSource.numbers)
    }

    /// Answers the call as the server does.
    func served(_ call: RandomCall) async throws -> Outcome {
        time.now.withLock { $0 = call.at }
        let body = call.webhook.bytes
        let response = body.withUnsafeBytes { raw in
            answers.answer(
                InboundWebhook(body: raw, signature: nil, timestamp: nil, peer: "127.0.0.1", startedAt: 0))
        }
        let reply =
            switch response {
            case .ready(let reply), .forwarding(let reply, _): reply
            case .waiting(let pending): await answers.finish(pending, headers: []).reply
            }
        let log = log.snapshot()
        let newest = try #require(log.sequences.last.flatMap { log[$0] })
        return Outcome(by: newest.answered?.decision.by.description ?? "", answer: reply.body)
    }

    /// Explains the call as `switchboard explain` does.
    func explained(_ call: RandomCall) async throws -> Outcome {
        let explanation = try await question(call).explanation(
            by: CallPolicy(rules: file.rules), contacts: contacts, within: .seconds(1))
        return Outcome(by: explanation.by.description, answer: explanation.answer)
    }

    /// Explains the call as `POST /v1/explain` of the server does.
    func explainedByAPI(_ call: RandomCall) async throws -> Outcome {
        let question = try question(call)
        let api = ControlAPI(
            overrideService: overrides, log: log, clock: WallClock(now: { call.at }, ticks: { 0 }),
            dependencies: ControlDependencies(
                version: "1", status: { [overrides] in overrides.status(of: .sample) },
                explain: { [answers, overrides] _, _, moment in
                    await question.explanation(
                        by: overrides.policy, contacts: overrides.contacts, within: .seconds(1),
                        counted: answers.counted(question.request)
                    ).document(source: .server)
                },
                reload: { _ in nil }, accountName: { "user \($0)" }), instance: "one")
        let body = #"{"from":"\#(call.from)","to":"\#(call.to)","at":"\#(call.at.iso8601)"}"#
        let route = try #require(api.routes.first { $0.parameters(in: "/v1/explain") != nil })
        let reply = await route.answer(
            ControlRequest(
                method: "POST", path: "/v1/explain", parameters: [:], query: [], body: Array(body.utf8),
                peer: ControlPeer(user: 0, process: 1)))
        guard case .bytes(let bytes) = reply.body, let document = JSONReader.read(bytes) else {
            return Outcome(by: "", answer: [])
        }
        return Outcome(by: document["by"]?.string ?? "", answer: document["answer"]?.bytes ?? [])
    }

    private func question(_ call: RandomCall) throws -> CallQuestion {
        try CallQuestion(from: call.from, to: call.to, at: call.at, rules: file.rules)
    }
}

/// The time at which calls come in.
private final class TestTime: Sendable {
    let now = Mutex(Instant.sample)
}

extension ServerStatus.ServerInfo {
    fileprivate static let sample = ServerStatus.ServerInfo(
        address: "127.0.0.1:8787", webhookURL: "http://127.0.0.1:8787/webhook", isSigned: false,
        answerWithinMilliseconds: 4000)
}
