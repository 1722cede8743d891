// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import DryRuns
import Overrides
import Rules
import TestSupport
import Testing
import TimeZones

/// The cases of a rules file, and the calls that they count and forward.
@Suite struct CaseReadingTests {
    private static let head = """
        version: 1
        timezone: Europe/Amsterdam
        contacts: [{ csv: c.csv }]
        lines: [{ number: "+31201234567", name: Front, group: demo, hours: office }]
        hours: { office: { weekly: { mon-fri: ["09:00-17:00"] }, closed: { reject: Closed. } } }
        rules:
          - { name: vip, when: { contact: { tier: vip } }, answer: { greeting: Hi } }
          - { name: ab, split: { by: call, arms: [{ name: x, weight: 1, answer: default },
              { name: y, weight: 1, answer: default }] } }

        """

    private static func outcome(
        with: String = "{}", expect: String = "{ by: rule vip }", at: String = "2026-07-01T10:00:00+02:00"
    ) -> RulesFile.Outcome {
        let text =
            head
                + """
                tests:
                  - { name: t, call: { from: "+31612345678", to: "+31201234567", at: "\(at)" }, with: \(with),
                      expect: \(expect) }
                """
        return RulesFile.read(
            Array(text.utf8), name: "rules.yaml", zones: TimeZones.zone(named:),
            files: { _ in .bytes(Array("number,tier\n".utf8)) }, plan: NoNumberingPlan())
    }

    private static func ruleCase(with: String = "{}", at: String = "2026-07-01T10:00:00+02:00") throws -> RuleCase {
        let outcome = outcome(with: with, at: at)
        return try #require(outcome.file?.cases.first, "\(outcome.findings)")
    }

    static let deciders: [Row<String, String?>] = [
        Row("a rule", "rule vip", nil), Row("an arm", "rule ab/x", nil), Row("hours", "hours office", nil),
        Row("all lines", "override all", nil), Row("a group", "override group demo", nil),
        Row("a line", "override line +31201234567", nil), Row("an unknown line", "unknown line", nil),
        Row("no rule", "otherwise", nil),
        Row("screen 11: a slip", "rule vpi", "did you mean `rule vip`?"),
        Row("screen 11: a split without its arm", "rule ab", "`rule ab/x` or `rule ab/y`"),
        Row("an arm that does not exist", "rule ab/z", "did you mean `rule ab/x`?"),
        Row("only the name", "vip", "did you mean `rule vip`?"),
        Row("only the name of hours", "office", "did you mean `hours office`?"),
        Row("another group", "override group dmo", "did you mean `override group demo`?"),
        Row("another line", "override line +31201234568", "did you mean `override line +31201234567`?"),
        Row("nothing alike", "the weather", "such as `rule vip`"),
    ]

    @Test(arguments: deciders) func aDeciderIsOneOfTheFile(_ row: Row<String, String?>) {
        let overrides = "{ overrides: [{ closed: Bye. }] }"
        let findings = Self.outcome(with: overrides, expect: "{ by: \"\(row.input)\" }").findings
        #expect(findings.map(\.code) == (row.expected == nil ? [] : [.unknownDecider]), "\(findings)")
        #expect(findings.allSatisfy { $0.severity == .warning })
        if let words = row.expected { #expect(findings.first?.message.contains(words) == true, "\(findings)") }
    }

    @Test func withoutAContactTheFilesAreAsked() throws {
        #expect(try Self.ruleCase().asksContacts)
        for with in ["{ contact: { tier: vip } }", "{ contact: unknown }", "{ contact: unavailable }"] {
            #expect(try !Self.ruleCase(with: with).asksContacts, "\(with)")
        }
        #expect(try Self.ruleCase(with: "{ contact: unknown }").call.contact == .nobody)
        #expect(try Self.ruleCase(with: "{ contact: unavailable }").call.contact.reports.count == 1)
    }

    @Test func earlierCallsAreCountedOrNamed() throws {
        let spread = try Self.ruleCase(with: "{ earlier_calls: { count: 59, within: 1h } }").call
        #expect(spread.earlier.fromCaller.count == 59)
        #expect(EarlierCalls.count(spread.earlier.fromCaller, from: spread.at.advanced(bySeconds: -3600)) == 59)
        #expect(spread.earlier.fromCaller == spread.earlier.toLine)
        #expect(spread.earlier.fromCaller == spread.earlier.fromCallerToLine)
        let both = try Self.ruleCase(
            with: #"{ earlier_calls: ["2026-07-01 09:00", { count: 2, within: 10m }] }"#
        ).call
        #expect(both.earlier.fromCaller.count == 3)
        #expect(both.earlier.fromCaller == both.earlier.fromCaller.sorted(by: >))
        #expect(both.earlier.fromCaller.last == both.at.advanced(bySeconds: -3600))
    }

    @Test func aMomentWithoutAnOffsetIsOnTheClockOfTheFile() throws {
        #expect(try Self.ruleCase(at: "2026-07-01 10:00").call.at == Self.ruleCase().call.at)
    }

    @Test func liveCallsOfTheLineAreInItsGroup() throws {
        #expect(
            try Self.ruleCase(with: "{ live_on_line: 4 }").call.live == LiveCallCounts(onLine: 4, inGroup: 4))
        #expect(
            try Self.ruleCase(with: "{ live_on_line: 4, live_in_group: 9 }").call.live
                == LiveCallCounts(onLine: 4, inGroup: 9))
    }

    @Test func overridesHaveTheirScopesAndEnds() throws {
        let overrides = try Self.ruleCase(
            with: """
                { overrides: [{ closed: A, until: "2026-07-01 12:00" }, { inform: B, group: demo },
                    { open: true, line: "+31201234567" }, { greeting: C, reason: D }] }
                """
        ).call.overrides
        let found = try #require(overrides)
        #expect(found.map(\.kind) == [.closed(says: "A"), .inform(says: "B"), .forcedOpen, .greeting("C")])
        #expect(found.map(\.scope) == [.all, .group("demo"), .line("+31201234567"), .all])
        #expect(found.map { $0.until != nil } == [true, false, false, false])
        #expect(found.map(\.since) == found.map(\.since).sorted(), "the newest is last")
    }

    static let wrong: [Row<String, Diagnostic.Code>] = [
        Row("two kinds", "{ overrides: { closed: A, open: true } }", .conflictingKeys),
        Row("two scopes", #"{ overrides: { closed: A, group: demo, line: "+31201234567" } }"#, .conflictingKeys),
        Row("no kind", "{ overrides: { group: demo } }", .missingKey),
        Row("open as false", "{ overrides: { open: false } }", .unknownWord),
        Row("another group", "{ overrides: { closed: A, group: dmo } }", .unknownGroup),
        Row("another line", #"{ overrides: { closed: A, line: "+31201234568" } }"#, .unknownLine),
        Row("no count", "{ earlier_calls: { within: 1h } }", .missingKey),
        Row("too many calls", "{ earlier_calls: { count: 1001, within: 1h } }", .outOfRange),
        Row("fewer live calls than none", "{ live_on_line: -1 }", .outOfRange),
        Row("another word for a contact", "{ contact: nobody }", .unknownWord),
        Row("another word for a reply", "{ reply: nothing }", .unknownWord),
        Row("a relative moment", #"{ earlier_calls: "tomorrow 9:00" }"#, .invalidTimestamp),
    ]

    @Test(arguments: wrong) func whatIsWrongIsFound(_ row: Row<String, Diagnostic.Code>) {
        #expect(Self.outcome(with: row.input).findings.map(\.code).contains(row.expected))
    }

    @Test(arguments: [
        (#"{ ask: { url: "http://a" } }"#, #"{ caller: "+31612345678" }"#, [] as [Diagnostic.Code]),
        (#"{ ask: { url: "http://a", facts: true } }"#, #"{ caller: "+31612345678" }"#, []),
        ("{ greeting: Hi }", #"{ caller: "+31612345678" }"#, [.neverReached]),
    ])
    func aRuleThatAsksHidesNoOther(answer: String, later: String, codes: [Diagnostic.Code]) {
        let rules = "rules: [{ name: a, answer: \(answer) }, { name: b, when: \(later), answer: default }]"
        let findings = RulesFile.read("version: 1\n" + rules, name: "rules.yaml", zones: TimeZones.zone).findings
        #expect(findings.map(\.code) == codes, "\(findings)")
    }

    @Test(arguments: [(true, [] as [Diagnostic.Code]), (false, [.neverHolds])])
    func factsMayMakeACallerWithoutANumberKnown(asks: Bool, codes: [Diagnostic.Code]) {
        let ask = #"{ name: ask, answer: { ask: { url: "http://a", facts: true } } }, "#
        let rules =
            "version: 1\ncontacts: [{ http: { url: \"http://a/{number}\" } }]\nrules: [" + (asks ? ask : "")
            + "{ name: b, when: { caller: withheld, contact: { tier: vip } }, answer: default }]"
        let findings = RulesFile.read(rules, name: "rules.yaml", zones: TimeZones.zone).findings
        #expect(findings.map(\.code) == codes, "\(findings)")
    }

    @Test func factsMayMakeAnEarlierConditionHold() {
        let vip = "when: { contact: { tier: vip } }, answer: default }"
        let ask = #"{ name: ask, answer: { ask: { url: "http://a", facts: true } } }"#
        let rules = "version: 1\nrules: [{ name: a, \(vip), \(ask), { name: b, \(vip)]"
        let findings = RulesFile.read(rules, name: "rules.yaml", zones: TimeZones.zone).findings
        #expect(findings.isEmpty, "\(findings)")
    }

    @Test(arguments: [
        (#"rules: [{ name: a, answer: { ask: { url: "http://a", facts: true } } }]"#, [] as [Diagnostic.Code]),
        (
            #"rules: [{ name: a, answer: { ask: { url: "http://a", facts: true, otherwise: default } } }]"#,
            [.conflictingKeys]
        ),
        (#"otherwise: { ask: { url: "http://a", facts: true } }"#, [.conflictingKeys]),
        (#"unknown_line: { ask: { url: "http://a", facts: true } }"#, [.conflictingKeys]),
        (
            #"rules: [{ name: a, answer: { ask: { url: "http://a", facts: true } } }, "#
                + #"{ name: b, when: { contact: { tier: vip } }, answer: { greeting: "Hi {{contact.name|you}}" } }]"#,
            []
        ),
        (#"forward: { assistant-request: { url: "http://a" } }"#, []),
        ("rules: [{ name: a, when: { live_on_line: { more_than: 5 } }, answer: default }]", []),
        ("rules: [{ name: a, when: { live_in_group: { more_than: 0 } }, answer: default }]", [.outOfRange]),
        ("rules: [{ name: a, when: { live_on_line: {} }, answer: default }]", [.missingKey]),
        (
            "rules: [{ name: a, when: { calls_from_caller: { more_than: 3, within: 1h, to: line } }, answer: default }]",
            []
        ),
        (
            "rules: [{ name: a, when: { calls_from_caller: { more_than: 3, within: 1h, to: group } }, answer: default }]",
            [.unknownWord]
        ),
        (
            "rules: [{ name: a, when: { calls_to_line: { more_than: 3, within: 1h, to: line } }, answer: default }]",
            [.unknownKey]
        ),
    ])
    func askingForwardingAndCountingAreRead(_ yaml: String, _ codes: [Diagnostic.Code]) {
        let findings = RulesFile.read("version: 1\n" + yaml, name: "rules.yaml", zones: TimeZones.zone).findings
        #expect(findings.filter { $0.severity == .error }.map(\.code) == codes, "\(findings)")
    }
}
