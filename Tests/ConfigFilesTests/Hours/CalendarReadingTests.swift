// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing
import TimeZones

/// Holidays from an iCalendar file.
@Suite struct CalendarReadingTests {
    /// Reads hours that open all day but on the holidays of a file.
    private static func outcome(_ calendar: [UInt8]?) -> RulesFile.Outcome {
        let text = """
            version: 1
            timezone: UTC
            holidays: { nl: { ics: nl.ics } }
            lines: [{ number: "+31201234567", hours: h }]
            hours: { h: { weekly: { mon-sun: ["00:00-24:00"] }, holidays: nl, closed: { reject: Closed. } } }
            """
        return RulesFile.read(
            Array(text.utf8), name: "f", zones: TimeZones.zone,
            files: { _ in calendar.map { .bytes($0) } ?? .unreadable("no such file") }, plan: NoNumberingPlan())
    }

    private static func calendar(_ events: [String]) -> [UInt8] {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
        for event in events {
            lines.append("BEGIN:VEVENT")
            lines += event.split(separator: "|").map(String.init)
            lines.append("END:VEVENT")
        }
        lines += ["END:VCALENDAR", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Dates from one on.
    private static func days(_ first: String, _ count: Int) -> [String] {
        (0..<count).compactMap { CivilDate(first)?.advanced(byDays: $0).description }
    }

    /// The days of 2026 to 2029 that are closed.
    private static func closed(_ file: RulesFile?) throws -> [String] {
        let table = try #require(file?.rules.hours(named: "h"))
        let first = try #require(CivilDate("2026-01-01")).daysSince1970
        return (first..<first + 1461).map(CivilDate.init(daysSince1970:))
            .filter { !table.isOpen(at: LocalTime(date: $0, secondOfDay: 43_200)) }.map(\.description)
    }

    @Test(arguments: [
        Row("a day", "DTSTART;VALUE=DATE:20261225", ["2026-12-25"]),
        Row(
            "DTEND is the day after", "DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261227",
            ["2026-12-25", "2026-12-26"]),
        Row("DTEND on the day itself", "DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261225", ["2026-12-25"]),
        Row("DURATION", "DTSTART;VALUE=DATE:20261225|DURATION:P2D", ["2026-12-25", "2026-12-26"]),
        Row("a date without VALUE", "DTSTART:20261225", ["2026-12-25"]),
        Row("a folded line", "DTSTART;VALUE=\r\n DATE:2026\r\n\t1225", ["2026-12-25"]),
        Row(
            "an alarm inside", "DTSTART:20261225|BEGIN:VALARM|DTSTART:20270101|DURATION:PT5M|END:VALARM", ["2026-12-25"]
        ),
        Row("cancelled", "DTSTART:20261225|STATUS:CANCELLED", []),
        Row(
            "every year, over a leap day",
            "DTSTART;VALUE=DATE:20261230|DURATION:P62D|RRULE:FREQ=YEARLY",
            days("2026-01-01", 0) + days("2026-12-30", 62) + days("2027-12-30", 62) + days("2028-12-30", 62)
                + days("2029-12-30", 2)),
        Row(
            "every year", "DTSTART;VALUE=DATE:20201225|RRULE:FREQ=YEARLY",
            ["2026-12-25", "2027-12-25", "2028-12-25", "2029-12-25"]),
        Row(
            "every year by month and day", "DTSTART:20201225|RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25;WKST=SU",
            ["2026-12-25", "2027-12-25", "2028-12-25", "2029-12-25"]),
        Row("not before it begins", "DTSTART:20280506|RRULE:FREQ=YEARLY", ["2028-05-06", "2029-05-06"]),
        Row(
            "over New Year, from its first year on", "DTSTART:20271231|DTEND:20280102|RRULE:FREQ=YEARLY",
            ["2027-12-31", "2028-01-01", "2028-12-31", "2029-01-01", "2029-12-31"]),
        Row("COUNT", "DTSTART:20251225|RRULE:FREQ=YEARLY;COUNT=3", ["2026-12-25", "2027-12-25"]),
        Row("UNTIL", "DTSTART:20251225|RRULE:FREQ=YEARLY;UNTIL=20271225T000000Z", ["2026-12-25", "2027-12-25"]),
        Row("INTERVAL", "DTSTART:20251225|RRULE:FREQ=YEARLY;INTERVAL=2", ["2027-12-25", "2029-12-25"]),
        Row("a leap day", "DTSTART:20240229|RRULE:FREQ=YEARLY", ["2028-02-29"]),
        Row(
            "several months", "DTSTART:20260101|RRULE:FREQ=YEARLY;UNTIL=20261231;BYMONTH=1,7",
            ["2026-01-01", "2026-07-01"]),
        Row(
            "the n-th weekday of a month", "DTSTART:20260907|RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO;COUNT=2",
            ["2026-09-07", "2027-09-06"]),
        Row("the last of a month", "DTSTART:20260525|RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=1", ["2026-05-25"]),
        Row(
            "EXDATE", "DTSTART:20261225|RRULE:FREQ=YEARLY;UNTIL=20281231|EXDATE;VALUE=DATE:20271225",
            ["2026-12-25", "2028-12-25"]),
    ])
    func allDayEventsAreHolidays(_ row: Row<String, [String]>) throws {
        let outcome = Self.outcome(Self.calendar(["SUMMARY:Day|\(row.input)"]))
        #expect(try Self.closed(outcome.file) == row.expected)
        #expect(outcome.findings.filter { $0.code != .calendarEvent }.isEmpty)
    }

    @Test(arguments: [
        "DTSTART:20261225T090000Z|DTEND:20261225T100000Z", "DTSTART;TZID=Europe/Amsterdam:20261225T090000",
        "DTSTART:20261225|RRULE:FREQ=MONTHLY", "DTSTART:20261225|RRULE:FREQ=YEARLY;BYDAY=MO",
        "DTSTART:20261225|RRULE:FREQ=YEARLY;BYWEEKNO=20", "DTSTART:20261225|RRULE:FREQ=YEARLY;BYMONTHDAY=-1",
        "DTSTART:20261225|RRULE:FREQ=YEARLY;BYMONTH=13", "DTSTART:20261225|RRULE:FREQ=YEARLY;INTERVAL=0",
        "DTSTART:20261225|RRULE:FREQ=YEARLY|EXDATE:20271225T090000", "DTSTART:20261225|RDATE:20270101",
        "DTSTART:20261225|RECURRENCE-ID:20261225", "DTSTART:20261225|DURATION:PT1H", "DTSTART:20261225|DTEND:20261224",
        "DTSTART:20261225|DTEND:20291225", "DTSTART:20261325", "DTSTART:", "SEQUENCE:1",
    ])
    func anythingElseIsAWarningThatNamesTheEvent(event: String) throws {
        let outcome = Self.outcome(
            Self.calendar(["SUMMARY:Kerst\\, eerste dag|\(event)", "SUMMARY:Pasen|DTSTART:20260405"]))
        #expect(outcome.findings.map(\.code) == [.calendarEvent])
        #expect(outcome.findings.first?.severity == .warning)
        #expect(outcome.findings.first?.message.contains("`nl.ics`, line 3: `Kerst, eerste dag`") == true)
        #expect(try Self.closed(outcome.file) == ["2026-04-05"], "the other event counts")
    }

    @Test func tenProblemsAreListedAndTheRestIsCounted() {
        let events = (1...25).map { "SUMMARY:E\($0)|DTSTART:20261225T090000Z" } + ["DTSTART:20261225"]
        let findings = Self.outcome(Self.calendar(events)).findings
        #expect(findings.count == 11 && findings.last?.message.contains("15 more") == true)
    }

    /// The rest of the file serves, and `check` and a reload see an error.
    @Test(
        arguments: [
            (nil, Diagnostic.Code.unreadableFile), (Array("number,name\n+31612345678,Jan\n".utf8), .calendarEvent),
            ([], .calendarEvent),
            (Array(repeating: 0x41, count: 1 << 20 + 1), .fileTooLarge),
        ] as [([UInt8]?, Diagnostic.Code)])
    func aFileThatIsNotACalendarIsAnErrorAndTheRestServes(bytes: [UInt8]?, code: Diagnostic.Code) throws {
        let outcome = Self.outcome(bytes)
        #expect(outcome.findings.map(\.code) == [code] && outcome.findings.map(\.severity) == [.error])
        #expect(try Self.closed(outcome.file).isEmpty)
    }

    @Test func theMemoryOfHostileCalendarsIsBounded() throws {
        // Each needs its dates one by one, more than a thousand years of them.
        let events = Array(
            repeating: "DTSTART:00010101|RRULE:FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9;INTERVAL=2", count: 300)
        let outcome = Self.outcome(Self.calendar(events))
        #expect(outcome.file != nil && outcome.findings.contains { $0.message.contains("20000") })
    }

    @Test(arguments: UInt64(1)...40) func damagedCalendarsNeverFail(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var bytes = Self.calendar([
            "SUMMARY:A\\nB|DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261227|RRULE:FREQ=YEARLY;COUNT=9",
            "DTSTART;X=\"a:b\":20260101|DURATION:P3W|EXDATE:20260101,20270101",
        ])
        for _ in 0..<Int.random(in: 1...30, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes.insert(contentsOf: Array("99999999999999999999".utf8), at: place)
            default: bytes = Array(bytes[..<place]) + bytes[(place / 2)...]
            }
        }
        let outcome = Self.outcome(bytes)
        #expect(outcome.file != nil)
        #expect(outcome.findings.allSatisfy { !$0.message.contains("\n") })
    }
}
