// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

/// What calls are sorted by: of two kinds that are never mixed.
enum SortKey: Comparable {
    case number(Int64)
    case text(String)
}

/// What the list is sorted by, other than by time.
struct ListOrder: Hashable, Sendable {
    /// The name of a column.
    var column: String
    /// The other way round.
    var isReversed = false

    /// What it puts first, such as `slowest first`.
    var words: String {
        guard let direction = CallColumn.named(column)?.direction else { return "" }
        return isReversed ? direction.reversed : direction.usual
    }
}

/// The calls of the list in another order than that of time; sorted again once a second, so that rows do not jump.
struct SortedCalls: Sendable {
    private(set) var sequences: [UInt64] = []
    private(set) var rows: [UInt64: Int] = [:]
    private var made: Version?

    /// What they were sorted from.
    private struct Version: Hashable {
        let order: ListOrder
        let second: Int64
        let isComplete: Bool
        let filter: String?
        let isFrozen: Bool
    }

    /// Sorts the listed calls, unless that was done in this second.
    mutating func follow(
        _ listed: ListedCalls, of log: LogSnapshot, by order: ListOrder, filter: String?, isFrozen: Bool,
        at now: Instant
    ) {
        let version = Version(
            order: order, second: now.seconds, isComplete: listed.isComplete, filter: filter, isFrozen: isFrozen)
        guard version != made, let column = CallColumn.named(order.column) else { return }
        made = version
        let keyed = (0..<listed.count).compactMap { row -> (key: SortKey?, sequence: UInt64)? in
            guard let sequence = listed[row], let call = log[sequence] else { return nil }
            return (column.key(call, now), sequence)
        }
        // Of equal ones the newest is first; those without a value come last in both directions.
        let sorted = keyed.sorted { left, right in
            guard left.key != right.key else { return left.sequence > right.sequence }
            guard let first = left.key else { return false }
            guard let second = right.key else { return true }
            return (first < second) != order.isReversed
        }
        sequences = sorted.map(\.sequence)
        rows = Dictionary(uniqueKeysWithValues: zip(sequences, sequences.indices))
    }
}
