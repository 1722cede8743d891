// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Rules
import TestSupport
import Testing

/// What a reload says it changed.
@Suite struct RulesChangesTests {
    private static let amsterdam = Zone.named("Europe/Amsterdam")

    private static func office(_ start: Int = 540, _ end: Int = 1050, closed: Int? = 0) -> HoursTable {
        let window = MinuteWindow(start: start, end: end)
        return HoursTable(
            name: "office", zone: nil, weekly: Array(repeating: [window], count: 5) + [[], []], dates: [:],
            closedAnswer: closed)
    }

    private static func file(
        _ revision: String = "1", hours: HoursTable = office(), rules: [Rule] = [],
        answers: [RuleSet.NamedAnswer] = [
            .init(name: "closed", answer: .reject(TextTemplate(literal: "We are closed."))),
            .init(name: nil, answer: .standard),
        ], lines: [PhoneLine]? = nil
    ) -> RuleSet {
        let line = PhoneLine(
            number: "+31201234567", name: "Front desk", group: nil, hours: 0, zone: amsterdam, assistantID: nil)
        return RuleSet(
            revision: revision, zone: amsterdam, lines: lines ?? [line], unknownLine: nil, hours: [hours],
            answers: answers, rules: rules, otherwise: 1, tagsAnswers: true)
    }

    private static func vip(_ numbers: Set<PhoneNumber>, _ outcome: RuleOutcome = .answer(1)) -> Rule {
        Rule(
            name: "vip", condition: .member(Caller(), .numbers(numbers)), bypassesClosures: false, outcome: outcome)
    }

    private static func listed(_ numbers: [PhoneNumber]) -> Rule {
        Rule(
            name: "blocked",
            condition: .member(Caller(), .list(CallerList(file: "block.txt", CallerEntries(numbers: Set(numbers))))),
            bypassesClosures: false, outcome: .answer(0))
    }

    private static func split(_ weights: [Int]) -> Rule {
        let arms = zip(["short", "long"], weights).map { Split.Arm(name: $0, weight: $1, answer: 1) }
        return Rule(
            name: "ab", condition: .always, bypassesClosures: false, outcome: .split(Split(by: .caller, arms: arms)))
    }

    /// 1 July 2026 is a Wednesday; it is 14:00 in Amsterdam.
    private static func lines(
        _ old: RuleSet, _ new: RuleSet, callers: [PhoneNumber] = [], overrides: ActiveOverrides = ActiveOverrides()
    ) -> [String] {
        RulesChanges(
            from: CallPolicy(rules: old, overrides: overrides), to: CallPolicy(rules: new, overrides: overrides),
            at: .sample, callers: callers
        ).lines
    }

    @Test("row 5: numbers of a rule")
    func numbersOfARule() {
        let (old, new) = (Self.vip(["+31611111111"]), Self.vip(["+31611111111", "+31622222222", "+31633333333"]))
        #expect(Self.lines(Self.file(rules: [old]), Self.file("2", rules: [new])) == ["rule vip: 2 numbers added"])
        #expect(Self.lines(Self.file(rules: [new]), Self.file("2", rules: [old])) == ["rule vip: 2 numbers removed"])
    }

    @Test("row 5: the text of an answer")
    func theTextOfAnAnswer() {
        let new = Self.file(
            "2",
            answers: [
                .init(name: "closed", answer: .reject(TextTemplate(literal: "Call again."))),
                .init(name: nil, answer: .standard),
            ])
        let found = Self.lines(Self.file(), new)
        #expect(found.contains(#"answer closed: rejected "Call again." instead of rejected "We are closed.""#))
        #expect(found.contains { $0.hasPrefix("Front desk: from today 17:30 rejected \"Call again.\"") })
    }

    @Test(
        "row 5: what differs within 7 days",
        arguments: [
            (office(570), "Front desk: thu-fri opens 09:30 instead of 09:00"),
            (office(570), "Front desk: mon-wed opens 09:30 instead of 09:00"),
            (office(540, 1020), "Front desk: today closes 17:00 instead of 17:30"),
            (office(600, 660), "Front desk: thu-fri open 10:00-11:00 instead of open 09:00-17:30"),
        ])
    func laterInTheWeek(_ hours: HoursTable, _ words: String) {
        let found = Self.lines(Self.file(), Self.file("2", hours: hours))
        #expect(found.contains(words), "\(found)")
        #expect(found.contains("hours office: changed"))
    }

    @Test("row 5: a closure in force does not hide what the rules will do")
    func aClosureHidesNothing() {
        let closed = ActiveOverrides([.closed(until: nil)])
        let found = Self.lines(Self.file(), Self.file("2", hours: Self.office(570)), overrides: closed)
        #expect(found.contains("Front desk: thu-fri opens 09:30 instead of 09:00"))
        #expect(found.contains("overrides in force still come first"))
    }

    @Test("row 14 (data): a list that lost more than half is an alert")
    func aListThatLostMost() {
        let all: [PhoneNumber] = ["+31611111111", "+31622222222", "+31633333333"]
        let changes = { (numbers: [PhoneNumber]) in
            RulesChanges(
                from: CallPolicy(rules: Self.file(rules: [Self.listed(all)])),
                to: CallPolicy(rules: Self.file("2", rules: [Self.listed(numbers)])), at: .sample, callers: [])
        }
        #expect(changes([]).lines == ["WARNING: block.txt: 3 → 0 numbers, lost more than half"])
        #expect(changes([]).isAlert)
        #expect(changes(Array(all.prefix(2))).lines == ["block.txt: 3 → 2 numbers"])
        #expect(!changes(Array(all.prefix(2))).isAlert)
        #expect(changes(["+31611111111", "+31622222222", "+31644444444"]).lines == ["block.txt: 3 numbers, changed"])
    }

    @Test("row 27 (data): how many callers a change of weights moves")
    func weightsOfASplit() throws {
        let callers = (0..<147).compactMap { PhoneNumber("+3161234\(1000 + $0)") }
        let (old, new) = (Self.file(rules: [Self.split([1, 9])]), Self.file("2", rules: [Self.split([1, 3])]))
        let line = try #require(Self.lines(old, new, callers: callers).first { $0.hasPrefix("rule ab") })
        #expect(line.hasPrefix("rule ab: split short 1, long 3 instead of short 1, long 9, "))
        let moved = try #require(
            line.firstMatch(of: /(\d+) of 147 known callers change their arm/).flatMap { Int($0.1) })
        let arms = try [old, new].map { file in
            try callers.map { caller in
                try CallPolicy(rules: file).answer(
                    .sample(from: caller.description), id: "a", at: .sample
                ).0.by
            }
        }
        #expect(moved == zip(arms[0], arms[1]).count { $0 != $1 })
        #expect(Self.lines(old, Self.file("2", rules: [Self.split([1, 9])]), callers: callers) == [])
    }

    @Test func commentsChangeNothing() {
        let changes = RulesChanges(
            from: CallPolicy(rules: Self.file()), to: CallPolicy(rules: Self.file("2")), at: .sample, callers: [])
        #expect(changes.lines == [])
        #expect(changes.summary == "no rule, answer, hours, line or list changed")
    }

    @Test("answers that moved in the file are the same answers")
    func anotherPlaceOfAnAnswer() {
        let new = Self.file(
            "2", hours: Self.office(closed: 2),
            answers: [
                .init(name: "new", answer: .standard), .init(name: nil, answer: .standard),
                .init(name: "closed", answer: .reject(TextTemplate(literal: "We are closed."))),
            ])
        #expect(Self.lines(Self.file(), new) == ["answer new: new, default"])
    }
}
