// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct CountedTimeTests {
    /// A clock that is set back by an hour at 2026-10-25 01:00 UTC, as in Amsterdam.
    private static let amsterdam = LocalClock { $0 < Instant(seconds: 1_792_890_000) ? 7200 : 3600 }

    private struct Question: Sendable {
        let period: CalendarPeriod
        let now: String
    }

    private static func row(_ name: String, _ period: CalendarPeriod, _ now: String, _ start: String) -> Row<
        Question, String
    > {
        Row(name, Question(period: period, now: now), start)
    }

    private static let rows = [
        row("a day in summer", .day, "2026-07-01 10:00", "2026-06-30T22:00:00.000Z"),
        row("its first second", .day, "2026-07-01 00:00", "2026-06-30T22:00:00.000Z"),
        row("the day of the change, before it", .day, "2026-10-25 00:30", "2026-10-24T22:00:00.000Z"),
        row("the day of the change, after it", .day, "2026-10-25 18:00", "2026-10-24T22:00:00.000Z"),
        row("a week from Monday", .week, "2026-07-01 10:00", "2026-06-28T22:00:00.000Z"),
        row("a Monday", .week, "2026-06-29 00:00", "2026-06-28T22:00:00.000Z"),
        row("a Sunday", .week, "2026-07-05 23:59", "2026-06-28T22:00:00.000Z"),
        row("a week over the end of a month", .week, "2026-10-01 10:00", "2026-09-27T22:00:00.000Z"),
        row("a month", .month, "2026-07-31 23:59", "2026-06-30T22:00:00.000Z"),
        row("a month over the change", .month, "2026-10-31 12:00", "2026-09-30T22:00:00.000Z"),
        row("a month in winter", .month, "2026-12-01 00:00", "2026-11-30T23:00:00.000Z"),
    ]

    @Test(arguments: rows)
    private func beginsAtMidnight(row: Row<Question, String>) throws {
        let now = try #require(MomentText.read(row.input.now, now: .sample, clock: Self.amsterdam))
        let time = CountedTime.calendar(row.input.period)
        #expect(time.start(before: now, on: Self.amsterdam).iso8601 == row.expected, "\(row)")
        #expect(
            now.microseconds(since: time.start(before: now, on: Self.amsterdam)) <= Int64(time.mostSeconds) * 1_000_000)
    }

    @Test func whatIsWithinATimeIsWithinALongerOne() {
        #expect(CountedTime.seconds(60).isWithin(.seconds(60)))
        #expect(CountedTime.calendar(.day).isWithin(.calendar(.week)))
        #expect(CountedTime.calendar(.day).isWithin(.calendar(.month)))
        #expect(CountedTime.calendar(.month).isWithin(.seconds(32 * 86_400)))
        // A week begins in the month before, a day has 25 hours when the clock is set back, and a minute may be yesterday's.
        #expect(!CountedTime.calendar(.week).isWithin(.calendar(.month)))
        #expect(!CountedTime.calendar(.day).isWithin(.seconds(86_400)))
        #expect(!CountedTime.seconds(60).isWithin(.calendar(.day)))
    }
}
