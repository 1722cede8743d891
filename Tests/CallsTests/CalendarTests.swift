// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct CalendarTests {
    /// As the churches publish them, with the earliest and the latest there are.
    private static let easterSundays = [
        "1818-03-22", "1943-04-25", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20",
        "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13", "2032-03-28", "2033-04-17",
        "2034-04-09", "2035-03-25", "2036-04-13", "2037-04-05", "2038-04-25", "2039-04-10", "2040-04-01", "2041-04-21",
        "2042-04-06", "2043-03-29", "2044-04-17", "2045-04-09", "2046-03-25", "2047-04-14", "2048-04-05", "2049-04-18",
        "2285-03-22",
    ]

    @Test(arguments: easterSundays) func easterIsThePublishedDate(text: String) throws {
        let date = try #require(CivilDate(text))
        #expect(CivilDate.easter(inYear: date.parts.year) == date)
    }

    @Test(arguments: [
        Row("the last days of a year may be of week 1", "2024-12-30", 1),
        Row("the first days of a year may be of week 53", "2027-01-03", 53),
        Row("and of week 52", "2023-01-01", 52),
        Row("week 1 has the first Thursday", "2026-01-01", 1),
        Row("a week begins on Monday", "2026-01-05", 2),
        Row("a year of 53 weeks", "2026-12-31", 53),
    ])
    func weeksAreCountedAsISO8601Does(_ row: Row<String, Int>) throws {
        #expect(try #require(CivilDate(row.input)).isoWeek == row.expected)
    }

    @Test(arguments: [
        Row("first", "2026-09-07", (1, false)), Row("the seventh is a first", "2026-07-07", (1, false)),
        Row("the eighth is a second", "2026-07-08", (2, false)), Row("fourth and last", "2026-02-23", (4, true)),
        Row("fifth and last", "2026-08-31", (5, true)), Row("last of December", "2026-12-28", (4, true)),
    ])
    func weekdaysOfAMonthAreCounted(_ row: Row<String, (Int, Bool)>) throws {
        let date = try #require(CivilDate(row.input))
        #expect((date.weekdayOfMonth, date.isLastWeekdayOfMonth) == row.expected)
    }
}
