// SPDX-License-Identifier: Apache-2.0

/// What the calendar says of a date besides its year, month and day.
extension CivilDate {
    /// Easter Sunday of the Gregorian calendar (the anonymous algorithm, as Jones and Meeus print it).
    package static func easter(inYear year: Int) -> CivilDate {
        let golden = year % 19
        let century = year / 100
        let (leapCenturies, yearOfCentury) = (century / 4, year % 100)
        let moonCorrection = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - leapCenturies - moonCorrection + 15) % 30
        let toSunday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * toSunday) / 451
        let fromMarch = epact + toSunday - 7 * late + 114
        return CivilDate(daysSince1970: Self.days(year: year, month: fromMarch / 31, day: fromMarch % 31 + 1))
    }

    /// The number of the week as ISO 8601 counts them, 1 to 53: weeks begin on Monday, and week 1 has the year's first
    /// Thursday.
    package var isoWeek: Int {
        // A week belongs to the year of its Thursday.
        let thursday = daysSince1970 - weekday.rawValue + Weekday.thursday.rawValue
        let year = CivilDate(daysSince1970: thursday).parts.year
        return (thursday - Self.days(year: year, month: 1, day: 1)) / 7 + 1
    }

    /// Which of the weekdays of its name in the month it is, 1 to 5.
    package var weekdayOfMonth: Int { (parts.day - 1) / 7 + 1 }

    /// Whether the month has no further weekday of its name.
    package var isLastWeekdayOfMonth: Bool {
        CivilDate(daysSince1970: daysSince1970 + 7).parts.month != parts.month
    }

    /// Returns the date a number of days later, or earlier for a negative number.
    package func advanced(byDays days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + days) }
}
