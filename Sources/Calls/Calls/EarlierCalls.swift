// SPDX-License-Identifier: Apache-2.0

/// The calls before this one that rules may count, as far as they are remembered.
package struct EarlierCalls: Hashable, Sendable {
    /// When the caller called before, newest first.
    package let fromCaller: [Instant]
    /// When the line was called before, newest first.
    package let toLine: [Instant]

    package init(fromCaller: [Instant], toLine: [Instant]) {
        self.fromCaller = fromCaller
        self.toLine = toLine
    }

    package static let none = EarlierCalls(fromCaller: [], toLine: [])

    /// Counts the caller's earlier calls of the newest seconds.
    package func count(fromCallerWithin seconds: Int, before now: Instant) -> Int {
        Self.count(fromCaller, within: seconds, before: now)
    }

    /// Counts the line's earlier calls of the newest seconds.
    package func count(toLineWithin seconds: Int, before now: Instant) -> Int {
        Self.count(toLine, within: seconds, before: now)
    }

    private static func count(_ moments: [Instant], within seconds: Int, before now: Instant) -> Int {
        moments.count { now.microseconds(since: $0) <= Int64(seconds) * 1_000_000 }
    }
}
