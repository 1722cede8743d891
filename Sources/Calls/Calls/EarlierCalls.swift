// SPDX-License-Identifier: Apache-2.0

/// The calls before this one that rules may count, as far as they are remembered.
package struct EarlierCalls: Hashable, Sendable {
    /// When the caller called before, newest first.
    package let fromCaller: [Instant]
    /// When the line was called before, newest first.
    package let toLine: [Instant]
    /// When the caller called the line before, newest first.
    package let fromCallerToLine: [Instant]

    package init(fromCaller: [Instant], toLine: [Instant], fromCallerToLine: [Instant] = []) {
        self.fromCaller = fromCaller
        self.toLine = toLine
        self.fromCallerToLine = fromCallerToLine
    }

    package static let none = EarlierCalls(fromCaller: [], toLine: [])

    /// The calls that were earlier at a moment.
    package func earlier(than now: Instant) -> EarlierCalls {
        EarlierCalls(
            fromCaller: fromCaller.filter { $0 <= now }, toLine: toLine.filter { $0 <= now },
            fromCallerToLine: fromCallerToLine.filter { $0 <= now })
    }

    /// Counts the caller's earlier calls of the newest seconds.
    package func count(fromCallerWithin seconds: Int, before now: Instant) -> Int {
        Self.count(fromCaller, within: seconds, before: now)
    }

    /// Counts the line's earlier calls of the newest seconds.
    package func count(toLineWithin seconds: Int, before now: Instant) -> Int {
        Self.count(toLine, within: seconds, before: now)
    }

    /// Counts the caller's earlier calls of the newest seconds to the line.
    package func count(fromCallerToLineWithin seconds: Int, before now: Instant) -> Int {
        Self.count(fromCallerToLine, within: seconds, before: now)
    }

    private static func count(_ moments: [Instant], within seconds: Int, before now: Instant) -> Int {
        moments.count { now.microseconds(since: $0) <= Int64(seconds) * 1_000_000 }
    }
}

/// The calls that are ringing or in progress when a call comes in, without that call.
package struct LiveCallCounts: Hashable, Sendable {
    package let onLine: Int
    /// On all lines of the line's group; 0 for a line without a group.
    package let inGroup: Int

    package init(onLine: Int, inGroup: Int) {
        self.onLine = onLine
        self.inGroup = inGroup
    }

    package static let none = LiveCallCounts(onLine: 0, inGroup: 0)
}
