// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

@Suite struct HoursTableOpeningTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let at: String
        let isOpen: Bool

        init(_ testDescription: String, at: String, isOpen: Bool) {
            self.testDescription = testDescription
            self.at = at
            self.isOpen = isOpen
        }
    }

    /// 2026-12-21 is a Monday, and the Friday of that week is Christmas.
    private let office = HoursTable.sample(
        [
            .monday: ["09:00-12:30", "13:00-17:30"], .tuesday: ["00:00-24:00"], .thursday: ["22:00-02:00"],
            .friday: ["09:00-17:00", "22:00-02:00"], .sunday: ["08:00-08:00"],
        ],
        dates: ["2026-12-25": [], "2026-12-26": ["10:00-11:00"]])

    @Test(arguments: [
        Example("closed before the first window", at: "2026-12-21T08:59:59", isOpen: false),
        Example("open from the first second", at: "2026-12-21T09:00:00", isOpen: true),
        Example("open until the last second", at: "2026-12-21T12:29:59", isOpen: true),
        Example("closed at the end", at: "2026-12-21T12:30:00", isOpen: false),
        Example("open in the second window", at: "2026-12-21T13:00:00", isOpen: true),
        Example("open at midnight of a whole day", at: "2026-12-22T00:00:00", isOpen: true),
        Example("open to the end of a whole day", at: "2026-12-22T23:59:59", isOpen: true),
        Example("24:00 ends the day", at: "2026-12-23T00:00:00", isOpen: false),
        Example("a window runs over midnight", at: "2026-12-24T23:00:00", isOpen: true),
        Example("also into a date that is closed", at: "2026-12-25T01:59:59", isOpen: true),
        Example("and ends there", at: "2026-12-25T02:00:00", isOpen: false),
        Example("a closed date has no windows of its weekday", at: "2026-12-25T12:00:00", isOpen: false),
        Example("nor those that would run into the next day", at: "2026-12-26T01:00:00", isOpen: false),
        Example("a dated entry has its own windows", at: "2026-12-26T10:30:00", isOpen: true),
        Example("the same weekday without an entry", at: "2026-12-18T12:00:00", isOpen: true),
        Example("equal readings last 24 hours", at: "2026-12-27T08:00:00", isOpen: true),
        Example("into the next morning", at: "2026-12-28T07:59:59", isOpen: true),
        Example("and no longer", at: "2026-12-28T08:00:00", isOpen: false),
    ])
    func opensAndCloses(_ example: Example) {
        #expect(office.isOpen(at: .at(example.at)) == example.isOpen)
    }

    @Test func aTableWithoutWindowsIsNeverOpen() {
        #expect(!HoursTable.sample().isOpen(at: .at("2026-07-01T12:00:00")))
    }
}
