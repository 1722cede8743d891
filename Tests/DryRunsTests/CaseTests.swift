// SPDX-License-Identifier: Apache-2.0

import Calls
import DryRuns
import JSON
import Overrides
import Rules
import TestSupport
import Testing

/// What a case of a rules file compares, and under which circumstances.
@Suite struct CaseTests {
    private static let rules = RuleSet.sample(
        rules: [
            (.init("vip", .contact("tier", .oneOf(["vip"])), bypasses: true), .greeting("Hi {{contact.name|you}}")),
            (.init("busy", .liveOnLine(moreThan: 5)), .rejection("All lines are busy.")),
        ], otherwise: .greeting("Good day"))

    private static func run(
        contact: ContactLookup = .nobody, live: Int = 0, overrides: [Override]? = nil, asksContacts: Bool = false,
        found: ContactLookup = .nobody, expected: RuleCase.Expectation
    ) -> CaseResult {
        let call = HypotheticalCall(
            request: .sample(), at: .sample, contact: contact, earlier: .none,
            live: LiveCallCounts(onLine: live, inGroup: live), overrides: overrides)
        let ruleCase = RuleCase(name: "c", line: 3, call: call, asksContacts: asksContacts, expected: expected)
        return CaseResult(ruleCase, in: DryRun(rules: rules, numbers: NoNumberingPlan()), contact: found)
    }

    private static let jan = ContactLookup(contact: Contact(attributes: ["tier": "vip", "name": "Jan"]), reports: [])

    @Test func aContactOfAFileIsUsedWhereTheCaseGivesNone() {
        let found = Self.run(asksContacts: true, found: Self.jan, expected: .init(by: "rule vip"))
        #expect(found.passes, "row 12: a caller in a file is known")
        let given = Self.run(asksContacts: false, found: Self.jan, expected: .init(by: "otherwise"))
        #expect(given.passes, "what the case gives wins")
    }

    @Test func aMissingContactIsKnownToBeMissing() {
        #expect(Self.run(asksContacts: true, expected: .init(by: "rule vip")).missesContact)
        #expect(!Self.run(asksContacts: true, found: Self.jan, expected: .init(by: "rule vip")).missesContact)
        #expect(!Self.run(expected: .init(by: "rule vip")).missesContact)
    }

    @Test func overridesOfACaseDecide() {
        let closed = Override.sample(.closed(says: "Shut."))
        let result = Self.run(overrides: [closed], expected: .init(by: "override all", part: ["error": "Shut."]))
        #expect(result.passes, "\(result.differences)")
        let greeting = Override.sample(.greeting("Happy new year"))
        let greeted = Self.run(
            overrides: [greeting],
            expected: .init(by: "otherwise", part: ["assistant": ["first_message": "Happy new year"]]))
        #expect(greeted.passes, "\(greeted.differences)")
        let over = Override.sample(.closed(says: "Shut."), until: .sample)
        #expect(Self.run(overrides: [over], expected: .init(by: "otherwise")).passes, "an override ends")
    }

    @Test(arguments: [(4, "otherwise"), (5, "rule busy")])
    func liveCallsOfACaseCount(live: Int, by: String) {
        #expect(Self.run(live: live, expected: .init(by: by)).passes)
    }

    private static let answer: JSONValue = [
        "assistant": ["llm_config": ["messages": [["role": "system"], ["role": "user", "content": "a"]], "n": 2]]
    ]

    static let parts: [Row<JSONValue, [String]>] = [
        Row("nothing", [:], []),
        Row("one key", ["assistant": [:]], []),
        Row("an item of a list", ["assistant": ["llm_config": ["messages": [["role": "user"]]]]], []),
        Row("the same number", ["assistant": ["llm_config": ["n": .number("2.0")]]], []),
        Row("another number", ["assistant": ["llm_config": ["n": 3]]], ["assistant.llm_config.n"]),
        Row(
            "items in another order",
            ["assistant": ["llm_config": ["messages": [["role": "user"], ["role": "system"]]]]],
            ["assistant.llm_config.messages"]),
        Row("a key that is missing", ["error": "x"], ["error"]),
        Row("another kind of value", ["assistant": "x"], ["assistant"]),
        Row("null is not a missing key", ["assistant": ["first_message": .null]], ["assistant.first_message"]),
    ]

    @Test(arguments: parts) func aPartIsFoundInTheAnswer(_ row: Row<JSONValue, [String]>) {
        #expect(AnswerPart.lacking(row.input, in: Self.answer).map(\.place) == row.expected)
    }

    @Test(arguments: [(0, 0, 100), (3, 0, 100), (3, 1, 66), (3, 3, 0), (200, 1, 99)])
    func coverageIsRoundedDown(rules: Int, unreached: Int, percent: Int) {
        let results = (0..<(rules - unreached)).map { index in
            let set = RuleSet.sample(rules: [(.init("r\(index)"), .standard)])
            let call = HypotheticalCall(request: .sample(), at: .sample, contact: .nobody, earlier: .none)
            return CaseResult(
                RuleCase(name: "c", line: 1, call: call, expected: .init()),
                in: DryRun(rules: set, numbers: NoNumberingPlan()))
        }
        #expect(CaseCoverage(of: (0..<rules).map { "r\($0)" }, by: results).percent == percent)
    }

    static let texts: [Row<String, String>] = [
        Row("markup", #"<a href="x">&'"#, "&lt;a href=&quot;x&quot;&gt;&amp;&#39;"),
        Row("line breaks stay in attributes", "a\nb\tc\r", "a&#10;b&#9;c&#13;"),
        Row("control characters are not XML", "a\u{0}b\u{1B}[31m", "a\u{FFFD}b\u{FFFD}[31m"),
        Row("characters beyond XML 1.0", "\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"),
        Row("end of a CDATA section", "]]>", "]]&gt;"), Row("other scripts", "é 📞", "é 📞"),
    ]

    @Test(arguments: texts) func namesAreEscapedForXML(_ row: Row<String, String>) {
        #expect(JUnitReport.escaped(row.input) == row.expected)
    }

    @Test func aReportHasEachCaseAndItsFailure() {
        let passed = Self.run(expected: .init(by: "otherwise"))
        let failed = Self.run(expected: .init(by: "rule <vip>"))
        let xml = JUnitReport.xml([passed, failed], file: "a&b.yaml", note: { $0.ruleCase.line == 3 ? "note" : nil })
        #expect(xml.contains(#"<testsuite name="a&amp;b.yaml" tests="2" failures="1""#))
        #expect(xml.contains("- by: rule &lt;vip&gt;\n+ by: otherwise\nnote</failure>"))
    }
}
