// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

@Suite struct HoursTableOpeningTests {
    /// 2026-12-21 is a Monday, and the Friday of that week is Christmas.
    private let office = HoursTable.sample(
        [
            .monday: ["09:00-12:30", "13:00-17:30"], .tuesday: ["00:00-24:00"], .thursday: ["22:00-02:00"],
            .friday: ["09:00-17:00", "22:00-02:00"], .sunday: ["08:00-08:00"],
        ],
        dates: ["2026-12-25": [], "2026-12-26": ["10:00-11:00"]])

    @Test(arguments: [
        Row("closed before the first window", "2026-12-21T08:59:59", false),
        Row("open from the first second", "2026-12-21T09:00:00", true),
        Row("open until the last second", "2026-12-21T12:29:59", true),
        Row("closed at the end", "2026-12-21T12:30:00", false),
        Row("open in the second window", "2026-12-21T13:00:00", true),
        Row("open at midnight of a whole day", "2026-12-22T00:00:00", true),
        Row("open to the end of a whole day", "2026-12-22T23:59:59", true),
        Row("24:00 ends the day", "2026-12-23T00:00:00", false),
        Row("a window runs over midnight", "2026-12-24T23:00:00", true),
        Row("also into a date that is closed", "2026-12-25T01:59:59", true),
        Row("and ends there", "2026-12-25T02:00:00", false),
        Row("a closed date has no windows of its weekday", "2026-12-25T12:00:00", false),
        Row("nor those that would run into the next day", "2026-12-26T01:00:00", false),
        Row("a dated entry has its own windows", "2026-12-26T10:30:00", true),
        Row("the same weekday without an entry", "2026-12-18T12:00:00", true),
        Row("equal readings last 24 hours", "2026-12-27T08:00:00", true),
        Row("into the next morning", "2026-12-28T07:59:59", true),
        Row("and no longer", "2026-12-28T08:00:00", false),
    ])
    func opensAndCloses(_ row: Row<String, Bool>) {
        #expect(office.isOpen(at: .at(row.input)) == row.expected)
    }

    @Test func aTableWithoutWindowsIsNeverOpen() {
        #expect(!HoursTable.sample().isOpen(at: .at("2026-07-01T12:00:00")))
    }
}
