// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// Splits that give more callers another arm than their new shares need.
@Suite struct RegroupingTests {
    struct Input: Sendable {
        var name = "ab"
        var by = Split.Key.caller
        var arms: KeyValuePairs<String, Int>
    }

    private static func file(_ splits: Input...) -> RuleSet {
        let rules = splits.map { input in
            let arms = input.arms.map { Split.Arm(name: $0.key, weight: $0.value, answer: 0) }
            return Rule(
                name: input.name, condition: .always, bypassesClosures: false,
                outcome: .split(Split(by: input.by, arms: arms)))
        }
        return RuleSet(
            revision: "r", zone: .utc, lines: [], unknownLine: nil, hours: [],
            answers: [.init(name: nil, answer: .standard)], rules: rules, otherwise: 0, tagsAnswers: true)
    }

    @Test(arguments: [
        Row(
            "row 27: 1:9 to 1:3 has a new sum",
            (Input(arms: ["a": 1, "b": 9]), Input(arms: ["a": 1, "b": 3])),
            Optional(Regrouping.Cause.sum(was: 10, now: 4))),
        Row(
            "row 27: the same shares with a new sum",
            (Input(arms: ["a": 1, "b": 9]), Input(arms: ["a": 10, "b": 90])), .sum(was: 10, now: 100)),
        Row(
            "row 27: by line", (Input(by: .line, arms: ["a": 1, "b": 1]), Input(by: .line, arms: ["a": 1, "b": 2])),
            .sum(was: 2, now: 3)),
        Row(
            "another arm with a new sum", (Input(arms: ["a": 1, "b": 1]), Input(arms: ["a": 1, "b": 1, "c": 1])),
            .sum(was: 2, now: 3)),
        Row("the same sum", (Input(arms: ["a": 10, "b": 90]), Input(arms: ["a": 25, "b": 75])), nil),
        Row("nothing changed", (Input(arms: ["a": 1, "b": 9]), Input(arms: ["a": 1, "b": 9])), nil),
        Row("another order", (Input(arms: ["a": 1, "b": 9]), Input(arms: ["b": 9, "a": 1])), .order),
        Row(
            "another name", (Input(arms: ["a": 1, "b": 1]), Input(name: "experiment", arms: ["a": 1, "b": 1])),
            .name(was: "ab")),
        Row(
            "another name, other arms", (Input(arms: ["a": 1, "b": 1]), Input(name: "x", arms: ["c": 1, "d": 1])), nil),
        Row(
            "by call, each call is drawn",
            (Input(by: .call, arms: ["a": 1, "b": 9]), Input(by: .call, arms: ["a": 1, "b": 3])), nil),
        Row("everybody to one arm", (Input(arms: ["a": 1, "b": 9]), Input(arms: ["a": 0, "b": 3])), nil),
    ])
    func aNewSumAnotherOrderOrAnotherNameMovesCallers(_ row: Row<(Input, Input), Regrouping.Cause?>) {
        let found = Self.file(row.input.1).regroupings(since: Self.file(row.input.0))
        #expect(found.map(\.cause) == [row.expected].compactMap(\.self))
    }

    @Test func theSharesAreThoseOfTheAlgorithm() throws {
        let change = try #require(
            Self.file(Input(arms: ["a": 1, "b": 3])).regroupings(since: Self.file(Input(arms: ["a": 1, "b": 9]))).first)
        // Of 20 equal parts, 2 were `a` and 5 are; one is both.
        #expect((23...27).contains(change.moved), "25 % in theory, found \(change.moved)")
        #expect(change.needed == 15)
        #expect(change.kept == "a 3, b 7")
    }

    @Test func aRuleThatAlsoStaysIsNoOtherName() {
        let old = Self.file(Input(arms: ["a": 1, "b": 1]))
        let new = Self.file(Input(arms: ["a": 1, "b": 1]), Input(name: "second", arms: ["a": 1, "b": 1]))
        #expect(new.regroupings(since: old) == [])
    }
}
