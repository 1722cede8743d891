// SPDX-License-Identifier: Apache-2.0

/// The calls before this one that rules may count, as far as they are remembered.
package struct EarlierCalls: Hashable, Sendable {
    /// When the caller called before, newest first.
    package let fromCaller: [Instant]
    /// When the line was called before, newest first.
    package let toLine: [Instant]
    /// When the caller called the line before, newest first.
    package let fromCallerToLine: [Instant]

    /// The caller's last call, where a text says something of it.
    package var last: LastCall?

    package init(
        fromCaller: [Instant], toLine: [Instant], fromCallerToLine: [Instant] = [], last: LastCall? = nil
    ) {
        self.fromCaller = fromCaller
        self.toLine = toLine
        self.fromCallerToLine = fromCallerToLine
        self.last = last
    }

    package static let none = EarlierCalls(fromCaller: [], toLine: [])

    /// The calls that were earlier at a moment.
    package func earlier(than now: Instant) -> EarlierCalls {
        EarlierCalls(
            fromCaller: fromCaller.filter { $0 <= now }, toLine: toLine.filter { $0 <= now },
            fromCallerToLine: fromCallerToLine.filter { $0 <= now }, last: last.flatMap { $0.at <= now ? $0 : nil })
    }

    /// Counts calls from an instant on.
    package static func count(_ moments: [Instant], from start: Instant) -> Int { moments.count { $0 >= start } }
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
