// SPDX-License-Identifier: Apache-2.0

/// How many answers were of which kind, and how many each decider gave.
///
/// Differences have negative counts; what is 0 is left out.
package struct AnswerCounts: Hashable, Sendable {
    package private(set) var kinds: [AnswerKind: Int] = [:]
    /// By `Decider.description`: records have no more of a decider.
    package private(set) var deciders: [String: Int] = [:]

    package init() {}

    package init(kinds: [AnswerKind: Int], deciders: [String: Int]) {
        self.kinds = kinds.filter { $0.value != 0 }
        self.deciders = deciders.filter { $0.value != 0 }
    }

    package mutating func count(_ kind: AnswerKind, by decider: String, _ count: Int) {
        self = self + AnswerCounts(kinds: [kind: count], deciders: [decider: count])
    }

    package static func + (left: Self, right: Self) -> Self {
        AnswerCounts(
            kinds: left.kinds.merging(right.kinds, uniquingKeysWith: +),
            deciders: left.deciders.merging(right.deciders, uniquingKeysWith: +))
    }

    package static func - (left: Self, right: Self) -> Self {
        left + AnswerCounts(kinds: right.kinds.mapValues { -$0 }, deciders: right.deciders.mapValues { -$0 })
    }
}
