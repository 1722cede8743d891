// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The calls of a line in a quarter of an hour, within which no clock comes to another hour.
package struct CallsOfQuarter: Hashable, Sendable {
    package let count: UInt32
    package let first: Instant
    package let last: Instant

    package init(count: UInt32, first: Instant, last: Instant) {
        self.count = count
        self.first = first
        self.last = last
    }

    /// One call.
    package init(at: Instant) { self.init(count: 1, first: at, last: at) }
}

/// How often lines were called at which hour of the week before this session, as a record of calls knows it.
package struct LineHistory: Sendable {
    private var lines: [PhoneNumber: Line] = [:]
    private let clock: LocalClock

    private static let hours = 24 * 7
    /// With fewer calls nothing is usual.
    private static let fewestCalls = 8
    /// Nor after a shorter time, in seconds: two such hours.
    private static let shortest: Int64 = 7200

    private struct Line {
        var calls: [UInt32]
        /// Seconds in which a server ran, since the first call of the line.
        var observed: [Int64]
        let lastCallAt: Instant
    }

    /// The calls of lines, while they are read.
    package struct Draft {
        private let clock: LocalClock
        private var lines: [PhoneNumber: (calls: [UInt32], first: Instant, last: Instant)] = [:]

        /// `clock` is that of the rules file.
        package init(of lines: some Sequence<PhoneNumber>, clock: LocalClock) {
            self.clock = clock
            for line in lines {
                let none = [UInt32](repeating: 0, count: LineHistory.hours)
                self.lines[line] = (none, Instant(microseconds: .max), Instant(microseconds: .min))
            }
        }

        /// Notes calls; numbers that are not lines are left out.
        package mutating func note(_ line: PhoneNumber, _ calls: CallsOfQuarter) {
            guard let index = lines.index(forKey: line) else { return }
            lines.values[index].calls[LineHistory.slot(of: calls.first, clock)] &+= calls.count
            lines.values[index].first = min(lines.values[index].first, calls.first)
            lines.values[index].last = max(lines.values[index].last, calls.last)
        }

        /// The history, given when a server ran.
        package func history(running periods: [Range<Instant>]) -> LineHistory {
            var history = LineHistory(clock: clock)
            // Each hour of the week with the times at which a server ran in it.
            let steps = periods.flatMap { LineHistory.steps($0, clock) }
            for (number, line) in lines where line.last >= line.first {
                var observed = [Int64](repeating: 0, count: LineHistory.hours)
                for step in steps where step.end > line.first {
                    observed[step.slot] += step.end.microseconds(since: max(step.start, line.first)) / 1_000_000
                }
                history.lines[number] = Line(calls: line.calls, observed: observed, lastCallAt: line.last)
            }
            return history
        }
    }

    private init(clock: LocalClock) { self.clock = clock }

    /// The newest call of a line before this session.
    func lastCall(of line: PhoneNumber) -> Instant? { lines[line]?.lastCallAt }

    /// The mean time between two calls at this hour of the week, else at this hour of any day; `nil` where too little is known.
    func usualSeconds(of line: PhoneNumber, at now: Instant) -> Int? {
        guard let line = lines[line] else { return nil }
        let slot = Self.slot(of: now, clock)
        let week = Self.usual(line.calls[slot], line.observed[slot])
        if let week { return week }
        let days = stride(from: slot % 24, to: Self.hours, by: 24)
        return Self.usual(days.reduce(0) { $0 + line.calls[$1] }, days.reduce(0) { $0 + line.observed[$1] })
    }

    private static func usual(_ calls: UInt32, _ seconds: Int64) -> Int? {
        guard calls >= fewestCalls, seconds >= shortest else { return nil }
        return max(1, Int(clamping: seconds / Int64(calls)))
    }

    /// The hour of the week, from Monday on, on the clock of the rules file.
    private static func slot(of instant: Instant, _ clock: LocalClock) -> Int {
        let local = clock.local(instant)
        return local.date.weekday.rawValue * 24 + local.hour
    }

    /// A period cut at every quarter of an hour, within which no clock comes to another hour.
    private static func steps(
        _ period: Range<Instant>, _ clock: LocalClock
    ) -> [(start: Instant, end: Instant, slot: Int)] {
        var steps: [(start: Instant, end: Instant, slot: Int)] = []
        var start = period.lowerBound
        while start < period.upperBound {
            let quarter = Instant(seconds: (start.seconds.flooredDivision(by: 900) + 1) * 900)
            let end = min(quarter, period.upperBound)
            steps.append((start, end, slot(of: start, clock)))
            start = end
        }
        return steps
    }
}
