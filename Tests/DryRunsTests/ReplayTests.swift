// SPDX-License-Identifier: Apache-2.0

import Calls
import DryRuns
import JSON
import Overrides
import Rules
import TestSupport
import Testing

/// Recorded calls that are decided again by other rules.
@Suite struct ReplayTests {
    private static let former = RuleSet.sample(
        rules: [(.init("vip", .contact("tier", .oneOf(["vip"]))), .greeting("Hi {{contact.name|you}}"))],
        otherwise: .greeting("Good day"), revision: "former00")

    private static let jan = ContactLookup(contact: Contact(attributes: ["tier": "vip", "name": "Jan"]), reports: [])

    /// A call as the former rules decided it.
    private static func call(
        contact: ContactLookup? = .nobody, overrides: [Override] = [], by rules: RuleSet = former, live: Int = 0
    ) -> RecordedDecision {
        let call = HypotheticalCall(
            request: .sample(), at: .sample, contact: contact ?? .nobody, earlier: .none, overrides: overrides)
        let explanation = DryRun(rules: rules, numbers: NoNumberingPlan()).explain(call)
        return RecordedDecision(
            request: .sample(), at: .sample, by: explanation.by, words: "then", reply: explanation.answer,
            contact: contact, live: LiveCallCounts(onLine: live, inGroup: live))
    }

    private static func again(
        _ call: RecordedDecision, by rules: RuleSet, overrides: [Override] = []
    ) -> Redecision {
        let policy = CallPolicy(rules: rules, overrides: ActiveOverrides(overrides))
        return DryRun(policy: policy, numbers: NoNumberingPlan()).again(call)
    }

    private static func words(_ redecision: Redecision) -> String {
        switch redecision {
        case .same(let by): "same by \(by)"
        case .different(let by, let words, answer: _): "\(words) by \(by)"
        case .undecided(let reason): reason.words
        }
    }

    private static let closed = Override.sample(.closed(says: "Shut."))

    @Test(arguments: [
        Row("the same rules", (call(), former, [Override]()), "same by otherwise"),
        Row("a contact as recorded", (call(contact: jan), former, []), "same by rule vip"),
        Row(
            "another text", (call(), RuleSet.sample(otherwise: .greeting("Hello")), []),
            "greeting \"Hello\" by otherwise"),
        Row(
            "another rule with the same text",
            (
                call(),
                RuleSet.sample(rules: [(.init("all", .liveOnLine(moreThan: -1)), .greeting("Good day"))]), []
            ), "same by rule all"),
        Row(
            "live calls as recorded",
            (
                call(live: 7),
                RuleSet.sample(
                    rules: [(.init("busy", .liveOnLine(moreThan: 5)), .rejection("Busy."))],
                    otherwise: .greeting("Good day")), []
            ), "rejected \"Busy.\" by rule busy"),
        Row(
            "an override of then", (call(overrides: [closed]), RuleSet.sample(otherwise: .greeting("Hello")), [closed]),
            "same by override all"),
        Row(
            "a contact that nobody looked up",
            (call(contact: nil, by: RuleSet.sample(otherwise: .greeting("Good day"))), former, []),
            "the new rules need the contact, which the record does not have"),
    ])
    func aCallIsDecidedAgain(row: Row<(RecordedDecision, RuleSet, [Override]), String>) {
        let (call, rules, overrides) = row.input
        #expect(Self.words(Self.again(call, by: rules, overrides: overrides)) == row.expected)
    }

    @Test func aLateAnswerSaysNothingOfTheRules() {
        let late = RecordedDecision(
            request: .sample(), at: .sample, by: .deadline, words: "default", reply: Array("{}".utf8),
            contact: nil)
        #expect(Self.words(Self.again(late, by: Self.former)) == "the answer was late")
        let gone = RecordedDecision(
            request: .sample(), at: .sample, by: .otherwise, words: "default", reply: [], contact: nil)
        #expect(Self.words(Self.again(gone, by: Self.former)) == "the record does not have the answer")
    }

    @Test func differencesAreGroupedWithTheFirstCallAsTheExample() {
        let hello = RuleSet.sample(otherwise: .greeting("Hello"))
        var report = ReplayReport()
        for _ in 0..<3 {
            let call = Self.call()
            report.add(call, line: "Front desk", Self.again(call, by: hello))
        }
        let vip = Self.call(contact: Self.jan)
        report.add(vip, line: "Front desk", Self.again(vip, by: hello))
        report.add(vip, line: nil, .same(by: .otherwise))
        report.add(.notAsked)
        #expect((report.calls, report.same, report.differing, report.undecidedCount) == (6, 1, 4, 1))
        #expect(report.differences.map(\.count) == [3, 1])
        #expect(
            report.differences.map { "\($0.change.then) \($0.change.now)" } == [
                "otherwise otherwise", "rule vip otherwise",
            ])
        #expect(report.differences[0].example.words == "greeting \"Hello\"")
        #expect(report.redecided.map(\.count) == [1])
        #expect(report.undecided.map(\.reason) == [.notAsked])
    }

    @Test func manyGroupsNeedBoundedMemory() {
        var report = ReplayReport()
        for number in 0..<1500 {
            report.add(
                Self.call(), line: "line \(number)", .different(by: .otherwise, words: "", answer: []))
        }
        #expect(report.differences.count == 1000)
        #expect(report.ungrouped == 500)
        #expect(report.differing == 1500)
    }
}
