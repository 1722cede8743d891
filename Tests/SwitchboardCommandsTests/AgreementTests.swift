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
@Suite(.timeLimit(.minutes(5))) struct AgreementTests {
    private static let files = Thoroughness.isFull ? 100 : 8
    private static let callsPerFile = 100

    /// One run: the other thread of a small machine is left to tests that wait for replies.
    @Test func theServerExplainTestAndTheAPIAgree() async throws {
        var random = SeededGenerator(seed: 20_261_130)
        var deciders: Set<String> = []
        var failures = 0
        for index in 0..<Self.files {
            let rules = RandomRules(isCounting: index % 4 == 3, &random)
            // A server counts the calls of before, so they come in order.
            let calls = (0..<Self.callsPerFile).map { RandomCall(index: $0, &random) }.sorted {
                $0.spelled.at < $1.spelled.at
            }
            let crm = CRM()
            let desk = try Desk(
                rules.text(tests: calls),
                contacts: ContactDirectory(sources: [
                    .remote(RemoteSource(crm, timeout: .seconds(1), lifetime: .zero, rests: false))
                ]))
            for (call, ruleCase) in zip(calls, desk.file.cases) {
                // Other tests wait for replies meanwhile.
                await Task.yield()
                let explainedByAPI = try await desk.explainedByAPI(call.spelled)
                let explained = try await desk.explained(call.spelled)
                let served = try await desk.served(call.spelled)
                deciders.insert(served.by.prefix { $0 != " " }.description)
                let place = "file \(index), call \(call.spelled)"
                #expect(served.caller.number == call.caller, "\(place)")
                #expect(explainedByAPI == served, "API, \(place)")
                // Earlier calls are counted by a server only.
                guard !rules.isCounting else { continue }
                #expect(explained == served, "explain, \(place)")
                let expected = RuleCase.Expectation(by: served.by, answer: JSONReader.read(served.answer))
                let result = CaseResult(
                    RuleCase(name: "c", line: 1, call: ruleCase.call, expected: expected), in: desk.dryRun)
                #expect(result.passes, "test, \(place): \(result.differences)")
                #expect(ruleCase.call.request.caller == served.caller, "test, \(place)")
            }
            failures += crm.failures.withLock { $0 }
        }
        #expect(failures > Self.files * 5, "many calls depend on a contact that is unavailable")
        #expect(deciders.isSuperset(of: ["rule", "hours", "unknown", "otherwise"]), "there is something to agree on")
    }
}

/// A call, with contacts that follow from the caller's number.
private struct RandomCall {
    let index: Int
    /// `nil` for a withheld number.
    let caller: PhoneNumber?
    let spelled: SpelledCall

    private static let callers: [PhoneNumber?] =
        ((0..<8).map { "+3161234567\($0)" } + (0..<8).map { "+4915112345\($0)78" } + ["+12125550143"])
        .map { PhoneNumber($0) } + [nil]
    static let lines = ["+31201234567", "+31850835037", "+442079460123"]

    init(index: Int, _ random: inout SeededGenerator) {
        self.index = index
        caller = Self.callers.randomElement(using: &random) ?? nil
        let line = (Self.lines + ["+33123456789"]).randomElement(using: &random) ?? ""
        let hidden = ["withheld", "anonymous", "sip:anonymous@anonymous.invalid", "+266696687", "Restricted"]
        // Four weeks around the end of summer time.
        spelled = SpelledCall(
            id: "c-\(index)",
            from: caller.map { Self.spell($0.description, on: line, &random) }
                ?? hidden.randomElement(using: &random) ?? "",
            to: Self.spell(line, on: line, &random),
            at: Instant(seconds: 1_791_600_000 + Int64.random(in: 0..<28 * 86_400, using: &random)))
    }

    /// Writes a number as somebody in the country of the line may write it.
    private static func spell(_ number: String, on line: String, _ random: inout SeededGenerator) -> String {
        let digits = number.dropFirst()
        var spellings = [
            number, number, "00\(digits)", "tel:\(number)", "sip:\(number)@198.51.100.7;user=phone",
            "A <sip:\(number)@host>;tag=1", "\u{202A}\(number)\u{202C}", SpelledNumber.fullWidth(number),
            "\(number.prefix(3)) \(number.dropFirst(3).prefix(3))-\(number.dropFirst(6))", "\(number);ext=7",
        ]
        let code = number.prefix(3)
        if line.hasPrefix(code) {
            spellings += ["0\(number.dropFirst(3))", "sip:0\(number.dropFirst(3))@host", String(digits)]
        }
        return spellings.randomElement(using: &random) ?? number
    }

    /// The call as a case of a rules file.
    var testCase: String {
        #"  - { name: "\#(index)", call: { from: "\#(spelled.from)", to: "\#(spelled.to)", "#
            + #"at: "\#(spelled.at.iso8601)" }, with: { contact: \#(contactText) }, expect: { by: otherwise } }"#
    }

    private var contactText: String {
        switch caller.map(CRM.answer) {
        case .found(let contact)?:
            "{ "
                + contact.attributes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
                + " }"
        case .unknown?, nil: "unknown"
        case .timedOut?, .skipped?, .busy?, .exhausted?, .failed?: "unavailable"
        }
    }
}

/// A contact source that knows some callers and fails for some, always for the same.
private final class CRM: RemoteContacts {
    let name = "crm"
    let asksForLine = false
    /// How many lookups failed.
    let failures = Mutex(0)

    func contact(for query: ContactQuery, within time: Duration) async -> ContactAnswer {
        let answer = Self.answer(query.number)
        switch answer {
        case .found, .unknown: break
        case .timedOut, .skipped, .busy, .exhausted, .failed: failures.withLock { $0 += 1 }
        }
        return answer
    }

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
        #"caller: ["+31612345671", "06 1234 5672"]"#, #"caller: { prefix: "+49" }"#, "caller: withheld",
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
            country: NL
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
