// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// A split gives the same caller the same arm, everywhere and always.
@Suite struct SplitTests {
    private static func policy(_ key: Split.Key = .caller, weights: (Int, Int) = (50, 50)) -> CallPolicy {
        let split = Split(
            by: key,
            arms: [.init(name: "a", weight: weights.0, answer: 0), .init(name: "b", weight: weights.1, answer: 0)])
        let rule = Rule(name: "split", condition: .always, bypassesClosures: false, outcome: .split(split))
        let rules = RuleSet(
            revision: "0a1b2c3d", zone: .utc, lines: [.sample()], unknownLine: nil, hours: [],
            answers: [.init(name: nil, answer: .standard)], rules: [rule], otherwise: 0, tagsAnswers: true)
        return CallPolicy(rules: rules)
    }

    private static func arm(_ policy: CallPolicy, _ call: AssistantRequest) throws -> String {
        try policy.answer(call, id: "d-1", at: .sample).0.by.description
    }

    /// These were worked out by another program from what the doc comment of `Split` says: a release that changes them moves
    /// callers from one arm to another.
    @Test(arguments: [
        ("+31612345678", "rule split/b"), ("+31612345670", "rule split/a"),
        ("+4930901820", "rule split/b"), ("+31612345671", "rule split/a"),
    ])
    func armsStayWhereTheyAre(caller: String, arm: String) throws {
        #expect(try Self.arm(Self.policy(), .sample(from: caller)) == arm)
    }

    /// Counted by another program: `row 27: weights 1:9 -> 1:3` against the same change with the sum kept.
    @Test func countsTheCallersWhoMove() throws {
        func split(_ one: Int, _ other: Int, by key: Split.Key = .caller) -> Split {
            Split(
                by: key, arms: [.init(name: "a", weight: one, answer: 0), .init(name: "b", weight: other, answer: 1)])
        }
        let callers = try (0..<1000).map { try #require(PhoneNumber("+3161234\(1000 + $0)")) }
        func moved(_ old: Split, _ new: Split, rule: String = "split") -> Int {
            Split.moved(from: old, ofRule: "split", to: new, ofRule: rule, callers: callers)
        }
        #expect(moved(split(1, 9), split(1, 9)) == 0)
        #expect(moved(split(1, 9), split(2, 18)) > 50)
        let newSum = moved(split(1, 9), split(1, 3))
        let sameSum = moved(split(10, 90), split(25, 75))
        #expect((100...200).contains(sameSum))
        #expect(newSum > sameSum + 50)
        #expect(moved(split(50, 50), split(50, 50), rule: "renamed") > 400)
        #expect(moved(split(1, 9, by: .call), split(9, 1, by: .call)) == 0)
    }

    @Test func callersOfOneNumberShareAnArmWhateverTheCall() throws {
        let policy = Self.policy()
        let arms = try (0..<50).map { try Self.arm(policy, .sample(id: "c-\($0)")) }
        #expect(Set(arms).count == 1)
    }

    @Test(arguments: [(50, 50), (1, 3), (9, 1)]) func sharesFollowTheWeights(_ first: Int, _ second: Int) throws {
        let policy = Self.policy(weights: (first, second))
        let count = 1000
        let hits = try (0..<count).count { number in
            try Self.arm(policy, .sample(from: "+3161\(1_000_000 + number)")) == "rule split/a"
        }
        let expected = Double(count * first) / Double(first + second)
        #expect(abs(Double(hits) - expected) < 80)
    }

    @Test func anArmWithoutWeightIsNeverChosen() throws {
        let policy = Self.policy(weights: (0, 1))
        for number in 0..<200 {
            #expect(try Self.arm(policy, .sample(from: "+3161\(1_000_000 + number)")) == "rule split/b")
        }
    }

    @Test func aCallerWithoutANumberIsSplitByTheCall() throws {
        let policy = Self.policy()
        let arms = try (0..<50).map { try Self.arm(policy, .sample(id: "c-\($0)", from: nil)) }
        #expect(Set(arms).count == 2)
    }
}
