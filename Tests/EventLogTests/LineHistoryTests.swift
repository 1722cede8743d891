// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import TestSupport
import Testing

/// What earlier sessions say of a line's silence.
@Suite struct LineHistoryTests {
    private static let demo: PhoneNumber = "+31850835037"
    /// Wednesday, 14:00 by this clock.
    private static let start = Instant.sample
    private static let clock = LocalClock.fixed(7200)

    private static func hours(_ hours: Double) -> Instant { start.advanced(bySeconds: Int64(hours * 3600)) }

    /// Calls every so many minutes for an hour, as often as there are weeks; a server ran at `running` hours around them.
    private struct Past: Sendable {
        var weeks = 3
        var minutes = 4
        /// Added to the hour of the calls.
        var shift = 0.0
        var running = 0.0...1.0
        var daily = false
    }

    private static func usual(_ past: Past, at hour: Double = 0.5) -> Int? {
        var draft = LineHistory.Draft(of: [demo], clock: clock)
        var periods: [Range<Instant>] = []
        for week in 1...past.weeks {
            let begin = -Double(week) * 24 * (past.daily ? 1 : 7) + past.shift
            for minute in stride(from: 0, to: 60, by: past.minutes) {
                draft.note(demo, CallsOfQuarter(at: hours(begin + Double(minute) / 60)))
            }
            periods.append(
                hours(begin + past.running.lowerBound)..<hours(begin + past.running.upperBound))
            draft.note("+31999999999", CallsOfQuarter(at: hours(begin)))
        }
        let log = EventLog.sample([])
        log.use([CountedLine(number: demo, group: nil)])
        log.use(draft.history(running: periods))
        return log.snapshot().lines.rhythm(of: demo, at: hours(hour))?.usualSeconds
    }

    private static let rows: [Row<Past, Int?>] = [
        Row("every four minutes at this hour of the week", Past(), 240),
        Row("only one week is too little", Past(weeks: 1), nil),
        Row("a server that ran for half of the hour", Past(weeks: 6, running: 0...0.5), 120),
        Row("a server that ran longer", Past(running: -1...2), 240),
        Row("few calls say nothing", Past(weeks: 3, minutes: 30), nil),
        Row("another hour of the week says nothing", Past(shift: 5), nil),
        Row("the same hour on other days", Past(daily: true), 240),
    ]

    @Test(arguments: rows)
    private func isWhatIsUsual(row: Row<Past, Int?>) {
        #expect(Self.usual(row.input) == row.expected, "\(row)")
    }

    @Test func thisSessionCountsWhereTheRecordSaysNothing() {
        let log = EventLog.sample([])
        for minute in 0...8 {
            CallSample("c-\(minute)", at: Double(minute * 240)).with(\.to, Self.demo.description).record(in: log)
        }
        log.use(LineHistory.Draft(of: [Self.demo], clock: Self.clock).history(running: []))
        let rhythm = log.snapshot().lines.rhythm(of: Self.demo, at: Self.start.advanced(bySeconds: 2000))
        #expect(rhythm?.usualSeconds == 240)
    }

    @Test func theLastCallOfBeforeIsKnown() {
        let log = EventLog.sample([])
        log.use([CountedLine(number: Self.demo, group: nil)])
        var draft = LineHistory.Draft(of: [Self.demo], clock: Self.clock)
        draft.note(Self.demo, CallsOfQuarter(at: Self.hours(-2)))
        log.use(draft.history(running: []))
        #expect(log.snapshot().lines.rhythm(of: Self.demo, at: Self.start)?.lastCallAt == Self.hours(-2))
    }
}
