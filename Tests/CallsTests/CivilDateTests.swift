// SPDX-License-Identifier: Apache-2.0

import Calls
import Testing

@Suite struct CivilDateTests {
    @Test(
        arguments: [
            ("1970-01-01", 0, .thursday), ("1969-12-31", -1, .wednesday), ("2000-02-29", 11_016, .tuesday),
            ("2026-07-01", 20_635, .wednesday), ("2024-12-31", 20_088, .tuesday), ("0001-01-01", -719_162, .monday),
            ("9999-12-31", 2_932_896, .friday), ("1900-03-01", -25_508, .thursday),
        ] as [(String, Int, Weekday)])
    func datesAreCountedAndFallOnTheirWeekday(_ text: String, days: Int, weekday: Weekday) {
        let date = CivilDate(text)
        #expect(date?.daysSince1970 == days)
        #expect(date?.weekday == weekday)
        #expect(CivilDate(daysSince1970: days).description == text)
    }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-10", "2026-01-00", "2026-01-32", "0000-01-01",
        "", "2026", "2026-01", "2026-1-01", "2026-01-1", "26-01-01", "2026-01-01-", "2026/01/01", "-026-01-01",
        "2026-+1-01", "2026-01-0１", "２０２６-01-01", " 2026-01-01", "2026--01", "2026-01-01T",
    ])
    func datesThatDoNotExistAreNotMade(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func fourCenturiesOfDaysComeBackAsTheyWere() {
        var expected = CivilDate(daysSince1970: -1).weekday.rawValue
        for days in 0..<146_097 {
            let date = CivilDate(daysSince1970: days)
            let (year, month, day) = date.parts
            expected = (expected + 1) % 7
            guard CivilDate(year: year, month: month, day: day) == date, date.weekday.rawValue == expected else {
                Issue.record("day \(days) became \(date)")
                return
            }
        }
    }

    @Test func datesAreOrdered() throws {
        let first = try #require(CivilDate("2025-12-31"))
        let second = try #require(CivilDate("2026-01-01"))
        #expect(first < second)
        #expect(!(second < first))
    }
}
