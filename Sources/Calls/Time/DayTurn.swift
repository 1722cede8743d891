// SPDX-License-Identifier: Apache-2.0

/// What a clock says of a day that began with a midnight.
package enum DayTurn: Hashable, Sendable {
    /// It goes on.
    case same
    /// The next day began just now.
    case over(midnight: Instant)
    /// Another day than the next one, or not just now: the clock was set, the time zone changed, or the computer slept.
    case elsewhere(midnight: Instant)

    /// How late a midnight may be noticed, in microseconds, for the counts of that moment to be those of midnight.
    private static let latest: Int64 = 2_000_000

    package init(of midnight: Instant, at now: Instant, on clock: LocalClock) {
        let last = CalendarPeriod.day.start(before: now, on: clock)
        guard last != midnight else {
            self = .same
            return
        }
        // A day has 23 to 25 hours.
        let length = last.microseconds(since: midnight) / 3_600_000_000
        let isNext = (23...25).contains(length) && now.microseconds(since: last) < Self.latest
        self = isNext ? .over(midnight: last) : .elsewhere(midnight: last)
    }
}
