// SPDX-License-Identifier: Apache-2.0

/// What a wall clock shows: a date and the seconds since its midnight, in a zone that the holder knows.
package struct LocalTime: Hashable, Comparable, Sendable {
    package let date: CivilDate

    /// Seconds since midnight, 0 to 86 399.
    package let secondOfDay: Int

    package init(date: CivilDate, secondOfDay: Int) {
        precondition((0..<86_400).contains(secondOfDay), "a day has 86 400 seconds")
        self.date = date
        self.secondOfDay = secondOfDay
    }

    /// Creates the reading of a clock that counts its own seconds since 1970.
    package init(secondsSince1970: Int64) {
        let day = secondsSince1970.flooredDivision(by: 86_400)
        self.init(date: CivilDate(daysSince1970: Int(day)), secondOfDay: Int(secondsSince1970 - day * 86_400))
    }

    /// The same reading as a count of seconds, so that two of one zone can be subtracted.
    package var secondsSince1970: Int64 { Int64(date.daysSince1970) * 86_400 + Int64(secondOfDay) }

    package var hour: Int { secondOfDay / 3600 }
    package var minute: Int { secondOfDay / 60 % 60 }
    package var second: Int { secondOfDay % 60 }

    /// Hours and minutes, such as `17:30`.
    package var clock: String { padded(hour, to: 2) + ":" + padded(minute, to: 2) }

    /// Hours, minutes and seconds, such as `17:30:05`.
    package var clockWithSeconds: String { clock + ":" + padded(second, to: 2) }

    /// Date and time without a zone, such as `2026-07-01T17:30:05`.
    package var text: String { date.description + "T" + clockWithSeconds }

    /// Date and time for people, such as `2026-07-01 17:30:05`.
    package var words: String { "\(date) \(clockWithSeconds)" }

    /// The reading as a future time that is read at another one: `17:30` today, `sun 07:30` within six days, else with the
    /// date.
    package func upcoming(from now: LocalTime) -> String {
        switch date.daysSince1970 - now.date.daysSince1970 {
        case 0: clock
        case 1..<7: "\(date.weekday.shortName) \(clock)"
        default: "\(date) \(clock)"
        }
    }

    package static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.date, left.secondOfDay) < (right.date, right.secondOfDay)
    }
}

/// Writes a number with leading zeros.
package func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
