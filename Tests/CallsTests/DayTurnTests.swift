// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct DayTurnTests {
    /// A clock that is set back by an hour at 2026-10-25 01:00 UTC, as in Amsterdam.
    private static let amsterdam = LocalClock { $0 < Instant(seconds: 1_792_890_000) ? 7200 : 3600 }
    /// Midnight of Wednesday, 1 July 2026, there.
    private static let midnight = Instant.sample.advanced(bySeconds: -14 * 3600)

    private struct Question: Sendable {
        /// Seconds after the first midnight.
        let seconds: Int64
        var from = DayTurnTests.midnight
        var clock = DayTurnTests.amsterdam
    }

    private static func day(_ seconds: Int64, from: Instant = midnight) -> Instant { from.advanced(bySeconds: seconds) }

    /// Midnight of the day on which the clock is set back.
    private static let long = Instant(seconds: 1_792_890_000 - 3 * 3600)

    private static let rows: [Row<Question, DayTurn>] = [
        Row("noon", Question(seconds: 43_200), .same),
        Row("the last second", Question(seconds: 86_399), .same),
        Row("midnight", Question(seconds: 86_400), .over(midnight: day(86_400))),
        Row("a second later", Question(seconds: 86_401), .over(midnight: day(86_400))),
        Row("after a sleep until eight", Question(seconds: 115_200), .elsewhere(midnight: day(86_400))),
        Row("two days later at midnight", Question(seconds: 172_800), .elsewhere(midnight: day(172_800))),
        Row(
            "a clock set back by an hour at half past twelve", Question(seconds: -1800),
            .elsewhere(midnight: day(-86_400))),
        Row("the day of 25 hours, after 24", Question(seconds: 86_400, from: long), .same),
        Row("its end", Question(seconds: 90_000, from: long), .over(midnight: day(90_000, from: long))),
        Row("another time zone", Question(seconds: 43_200, clock: .fixed(0)), .elsewhere(midnight: day(7200))),
    ]

    @Test(arguments: rows)
    private func saysWhatBecameOfTheDay(row: Row<Question, DayTurn>) {
        let question = row.input
        let now = Self.day(question.seconds, from: question.from)
        #expect(DayTurn(of: question.from, at: now, on: question.clock) == row.expected, "\(row)")
    }
}
