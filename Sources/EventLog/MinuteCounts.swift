// SPDX-License-Identifier: Apache-2.0

package import Calls

/// How many calls came in each of the newest minutes.
package struct MinuteCounts: Hashable, Sendable {
    /// How many minutes are kept.
    package static let span = 32

    private var counts = [Int](repeating: 0, count: Self.span)
    /// The minute, counted since 1970, of the newest count.
    private var newest: Int64 = 0

    package init() {}

    /// Counts of another log: of the minute that contains `newest`, and of those before it, oldest first.
    package init(newest: Instant, oldestFirst: [Int]) {
        self.newest = newest.seconds.flooredDivision(by: 60)
        for (age, count) in oldestFirst.suffix(Self.span).reversed().enumerated() {
            counts[slot(self.newest - Int64(age))] = count
        }
    }

    /// The beginning of the newest minute that has a call; 1970 without one.
    package var newestMinute: Instant { Instant(seconds: newest * 60) }

    /// The counts of all minutes that are kept, oldest first.
    package var oldestFirst: [Int] { counts(until: newestMinute, minutes: Self.span) }

    mutating func add(at now: Instant) {
        let minute = now.seconds.flooredDivision(by: 60)
        guard minute > newest - Int64(Self.span) else { return }
        if minute > newest {
            for stale in max(newest + 1, minute - Int64(Self.span) + 1)...minute { counts[slot(stale)] = 0 }
            newest = minute
        }
        counts[slot(minute)] += 1
    }

    /// Returns the counts of the minutes up to now, oldest first; the last one is still running.
    package func counts(until now: Instant, minutes: Int) -> [Int] {
        let minute = now.seconds.flooredDivision(by: 60)
        return (0..<min(minutes, Self.span)).reversed().map { age in
            let wanted = minute - Int64(age)
            return wanted <= newest && wanted > newest - Int64(Self.span) ? counts[slot(wanted)] : 0
        }
    }

    private func slot(_ minute: Int64) -> Int {
        // Before 1970, as a clock that was never set may show, the remainder is negative.
        let remainder = Int(minute % Int64(Self.span))
        return remainder < 0 ? remainder + Self.span : remainder
    }
}
