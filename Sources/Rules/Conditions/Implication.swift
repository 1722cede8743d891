// SPDX-License-Identifier: Apache-2.0

import Calls

/// Compares conditions: whether one holds wherever another does.
///
/// It is conservative. What it claims is true for every possible call; what it does not claim may be true all the same.
package struct Implication {
    private let references: RuleReferences
    /// Whether servers are asked for facts, which may make a caller without a number known.
    private let learnsFacts: Bool
    /// How many comparisons are left: nested conditions could ask for more than anybody waits for.
    private var budget: Int

    /// Creates it for the lines and hours that the conditions refer to; after `budget` comparisons it claims nothing.
    package init(
        lines: [PhoneLine], hours: [HoursTable], learnsFacts: Bool = false, budget: Int = 4_000_000
    ) {
        self.learnsFacts = learnsFacts
        references = RuleReferences(lines: lines, hours: hours)
        self.budget = budget
    }

    /// Whether the second condition holds wherever the first one does.
    package mutating func implies(_ given: Condition, _ asked: Condition) -> Bool {
        if case .always = asked { return true }
        guard spend() else { return false }
        return given == asked || follows(given, asked)
    }

    /// Whether there are no comparisons left.
    package var isSpent: Bool { budget <= 0 }

    /// Whether no call can ever meet the condition, because its parts exclude each other.
    package mutating func neverHolds(_ condition: Condition) -> Bool {
        switch condition {
        case .any(let parts): return parts.allSatisfy { neverHolds($0) }
        case .all(let parts):
            for (place, part) in parts.enumerated()
            where neverHolds(part) || parts[..<place].contains(where: { excludes($0, part) }) {
                return true
            }
            return false
        case .always, .test, .not: return false
        }
    }

    private mutating func follows(_ given: Condition, _ asked: Condition) -> Bool {
        guard spend() else { return false }
        switch (given, asked) {
        case (.test(let given), .test(let asked)): return follows(given.callTest, asked.callTest)
        case (_, .always): return true
        case (.not(.not(let inner)), _): return follows(inner, asked)
        case (_, .not(.not(let inner))): return follows(given, inner)
        case (.any(let parts), _): return parts.allSatisfy { follows($0, asked) }
        case (_, .all(let parts)): return parts.allSatisfy { follows(given, $0) }
        case (.always, _), (.test, _), (.all, _), (.not, _): return followsByParts(given, asked)
        }
    }

    private mutating func followsByParts(_ given: Condition, _ asked: Condition) -> Bool {
        if case .not(let refused) = asked, refutes(given, refused) { return true }
        if case .all(let parts) = given, parts.contains(where: { follows($0, asked) }) { return true }
        guard case .any(let parts) = asked else { return false }
        if parts.contains(where: { follows(given, $0) }) { return true }
        guard case .test(let test) = given else { return false }
        let alternatives = test.callTest.alternatives
        return !alternatives.isEmpty && alternatives.allSatisfy { follows(.test($0), asked) }
    }

    private func follows(_ given: any CallTest, _ asked: any CallTest) -> Bool {
        if given.implies(asked, references) { return true }
        if let lack = given.lack, outcome(of: asked, without: lack) == true { return true }
        if let lack = asked.excludedLack, outcome(of: given, without: lack) == false { return true }
        guard let narrow = given.lines(references), let wide = asked.lines(references) else { return false }
        return narrow.isSubset(of: wide)
    }

    /// Whether no call meets both conditions.
    private mutating func excludes(_ left: Condition, _ right: Condition) -> Bool {
        guard spend() else { return false }
        switch (left, right) {
        case (.test(let left), .test(let right)):
            return excludes(left.callTest, right.callTest) || excludes(right.callTest, left.callTest)
        case (.any(let parts), let other), (let other, .any(let parts)):
            return parts.allSatisfy { excludes($0, other) }
        case (.not(let refused), let other) where follows(other, refused): return true
        case (let other, .not(let refused)) where follows(other, refused): return true
        case (.always, _), (.test, _), (.all, _), (.not, _): break
        }
        if case .all(let parts) = left, parts.contains(where: { excludes($0, right) }) { return true }
        if case .all(let parts) = right, parts.contains(where: { excludes(left, $0) }) { return true }
        return false
    }

    private func excludes(_ left: any CallTest, _ right: any CallTest) -> Bool {
        if left.excludes(right) { return true }
        if let lack = left.lack, outcome(of: right, without: lack) == false { return true }
        guard let some = left.lines(references), let others = right.lines(references) else { return false }
        return some.isDisjoint(with: others)
    }

    /// Whether the second condition fails wherever the first one holds: it is not undetermined either.
    private mutating func refutes(_ given: Condition, _ refused: Condition) -> Bool {
        guard spend() else { return false }
        if !refused.mayBeUndetermined { return excludes(given, refused) }
        switch (given, refused) {
        case (.test(let given), .test(let refused)): return refutes(given.callTest, refused.callTest)
        case (.not(.not(let inner)), _): return refutes(inner, refused)
        case (_, .not(let inner)): return follows(given, inner)
        case (.any(let parts), _): return parts.allSatisfy { refutes($0, refused) }
        case (_, .any(let parts)): return parts.allSatisfy { refutes(given, $0) }
        case (.not(let inner), _) where inner == refused: return true
        case (.always, _), (.test, _), (.all, _), (.not, _): break
        }
        if case .all(let parts) = given, parts.contains(where: { refutes($0, refused) }) { return true }
        guard case .all(let parts) = refused else { return false }
        return parts.contains { refutes(given, $0) }
    }

    private func refutes(_ given: any CallTest, _ refused: any CallTest) -> Bool {
        if given.refutes(refused) { return true }
        if let lack = given.lack, outcome(of: refused, without: lack) == false { return true }
        // What fails without a contact holds only where the contact could be had.
        if let lack = refused.lack, outcome(of: given, without: lack) == false { return true }
        return false
    }

    /// The result of a test for every call that lacks this; `nil` where it depends on more.
    private func outcome(of test: any CallTest, without lack: Lack) -> Bool? {
        let mayBeKnown = learnsFacts && lack == .number
        if mayBeKnown, test is Member<ContactKnown> || test is Member<ContactAttribute> { return nil }
        return test.outcome(without: lack)
    }

    private mutating func spend() -> Bool {
        budget -= 1
        return budget >= 0
    }
}
