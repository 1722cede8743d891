// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What a replay found: how many calls get the same, and the differences in groups with an example each.
///
/// Groups beyond a bound are only counted, so that a record of any length needs little memory.
package struct ReplayReport: Sendable {
    package private(set) var same = 0
    package private(set) var differing = 0
    /// Differences beyond the groups that are kept.
    package private(set) var ungrouped = 0
    private var groups: [Change: Group] = [:]
    private var moves: [Change: Int] = [:]
    private var undecidedCounts: [Undecided: Int] = [:]

    private static let mostGroups = 1000

    package init() {}

    /// Who decided before and now; the words of an answer differ from caller to caller.
    package struct Change: Hashable, Sendable {
        package let line: String?
        package let then: Decider
        package let now: Decider
    }

    /// Calls whose answer changed in the same way.
    package struct Group: Sendable {
        package let change: Change
        package fileprivate(set) var count: Int
        package let example: Example
    }

    /// The first call of a group.
    package struct Example: Sendable {
        package let call: RecordedDecision
        package let words: String
        package let answer: [UInt8]
    }

    package mutating func add(_ call: RecordedDecision, line: String?, _ result: Redecision) {
        switch result {
        case .undecided(let reason): add(reason)
        case .same(let by):
            same += 1
            guard by != call.by else { return }
            let change = Change(line: nil, then: call.by, now: by)
            if moves[change] != nil || moves.count < Self.mostGroups { moves[change, default: 0] += 1 }
        case .different(let by, let words, let answer):
            differing += 1
            let change = Change(line: line, then: call.by, now: by)
            if groups[change] != nil {
                groups[change]?.count += 1
            } else if groups.count < Self.mostGroups {
                groups[change] = Group(
                    change: change, count: 1, example: Example(call: call, words: words, answer: answer))
            } else {
                ungrouped += 1
            }
        }
    }

    /// Counts a call that is not decided again.
    package mutating func add(_ reason: Undecided) { undecidedCounts[reason, default: 0] += 1 }

    /// The largest groups first.
    package var differences: [Group] {
        groups.values.sorted { ($1.count, $0.example.call.at) < ($0.count, $1.example.call.at) }
    }

    /// Calls that get the same by another decider, the most frequent first.
    package var redecided: [(change: Change, count: Int)] {
        moves.map { ($0.key, $0.value) }.sorted {
            ($1.1, $0.0.then.description, $0.0.now.description) < ($0.1, $1.0.then.description, $1.0.now.description)
        }
    }

    /// Why calls were not decided again, the most frequent first.
    package var undecided: [(reason: Undecided, count: Int)] {
        undecidedCounts.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0.words) < ($0.1, $1.0.words) }
    }

    package var undecidedCount: Int { undecidedCounts.values.reduce(0, +) }

    package var calls: Int { same + differing + undecidedCount }
}
