// SPDX-License-Identifier: Apache-2.0

import Calls

/// A split that gives more callers another arm than its new shares need.
package struct Regrouping: Equatable, Sendable {
    package let rule: String
    package let cause: Cause
    /// The share of callers, or of lines, that get another arm, in percent.
    package let moved: Int
    /// The share that would have to, in percent.
    package let needed: Int
    /// Weights with the former sum and about the new shares, such as `short 3, usual 7`; `nil` where that does not help.
    package let kept: String?

    package enum Cause: Equatable, Sendable {
        case sum(was: Int, now: Int)
        /// The arms are listed in another order.
        case order
        /// The rule had another name.
        case name(was: String)
    }
}

extension RuleSet {
    /// The splits by caller or line that divide them otherwise than another rules file did, more than they have to.
    package func regroupings(since former: RuleSet) -> [Regrouping] {
        let before = former.splits
        let now = splits
        let removed = before.filter { old in !rules.contains { $0.name == old.rule } }
        return now.compactMap { rule, split in
            if let same = before.first(where: { $0.rule == rule }) {
                return Regrouping(from: same.split, ofRule: rule, to: split, ofRule: rule)
            }
            // A rule that is gone, with the same arms: it has another name.
            let twins = removed.filter { $0.split.by == split.by && Set($0.split.names) == Set(split.names) }
            guard twins.count == 1, let twin = twins.first, !former.rules.contains(where: { $0.name == rule }) else {
                return nil
            }
            return Regrouping(from: twin.split, ofRule: twin.rule, to: split, ofRule: rule)
        }
    }

    private var splits: [(rule: String, split: Split)] {
        rules.compactMap { rule in
            if case .split(let split) = rule.outcome { (rule.name, split) } else { nil }
        }
    }
}

extension Regrouping {
    /// More than this may be chance, in percent.
    private static let tolerance = 3

    fileprivate init?(from old: Split, ofRule oldRule: String, to new: Split, ofRule rule: String) {
        guard old.by == new.by, new.by != .call else { return nil }
        let shared = Set(old.names).intersection(new.names)
        let cause: Cause
        if oldRule != rule {
            cause = .name(was: oldRule)
        } else if old.sum != new.sum {
            cause = .sum(was: old.sum, now: new.sum)
        } else if old.names.filter(shared.contains) != new.names.filter(shared.contains) {
            cause = .order
        } else {
            return nil
        }
        let moved = Split.shareMoved(from: old, ofRule: oldRule, to: new, ofRule: rule)
        let needed = old.arms.reduce(0) { sum, arm in
            let now = new.arms.first { $0.name == arm.name }.map { Double($0.weight) / Double(new.sum) } ?? 0
            return sum + max(0, Double(arm.weight) / Double(old.sum) - now)
        }
        self.rule = rule
        self.cause = cause
        self.moved = Int((moved * 100).rounded())
        self.needed = Int((needed * 100).rounded())
        kept = if case .sum = cause { new.shares(withSum: old.sum) } else { nil }
        guard self.moved > self.needed + Self.tolerance else { return nil }
    }
}

extension Split {
    fileprivate var names: [String] { arms.map(\.name) }

    fileprivate var sum: Int { arms.reduce(0) { $0 + $1.weight } }

    /// About the same shares with another sum; `nil` where an arm would get nothing.
    fileprivate func shares(withSum wanted: Int) -> String? {
        let exact = arms.map { Double($0.weight) * Double(wanted) / Double(sum) }
        var weights = exact.map { Int($0) }
        // What is left goes to the largest fractions.
        let byFraction = exact.indices.sorted { exact[$0] - Double(weights[$0]) > exact[$1] - Double(weights[$1]) }
        for index in byFraction.prefix(max(0, wanted - weights.reduce(0, +))) { weights[index] += 1 }
        guard zip(arms, weights).allSatisfy({ $0.weight == 0 || $1 > 0 }) else { return nil }
        return zip(arms, weights).map { "\($0.name) \($1)" }.joined(separator: ", ")
    }
}
