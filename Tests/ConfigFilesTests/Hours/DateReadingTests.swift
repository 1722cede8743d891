// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import PhoneNumbers
import Rules
import TestSupport
import Testing
import TimeZones

/// Each form of dates, days and windows, as it is written and what it becomes.
@Suite struct DateReadingTests {
    private static func day(_ month: Int, _ day: Int) throws -> MonthDay {
        try #require(MonthDay(month: month, day: day))
    }

    /// The dates of the years 2026 and 2027 on which hours with this entry open, by their weekly windows never.
    private static func dates(_ key: String) throws -> [String] {
        let file = try RulesFile.sample("hours: { h: { dates: { \"\(key)\": [\"09:00-10:00\"] } } }\n")
        let table = try #require(file.rules.hours(named: "h"))
        let first = try #require(CivilDate("2026-01-01")).daysSince1970
        return (first..<first + 730).map(CivilDate.init(daysSince1970:))
            .filter { table.isOpen(at: LocalTime(date: $0, secondOfDay: 9 * 3600)) }.map(\.description)
    }

    @Test(arguments: [
        Row("a date", "2026-12-25", ["2026-12-25"]),
        Row("ask 1: a span over New Year", "2026-12-31..2027-01-01", ["2026-12-31", "2027-01-01"]),
        Row("ask 1: every year", "12-25", ["2026-12-25", "2027-12-25"]),
        Row(
            "ask 1: a yearly span over New Year", "12-31..01-01",
            [
                "2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31",
            ]),
        Row("ask 1: a leap day", "02-29", []),
        Row("ask 1: Easter", "easter", ["2026-04-05", "2027-03-28"]),
        Row("ask 1: Easter Monday", "easter+1", ["2026-04-06", "2027-03-29"]),
        Row("ask 1: Good Friday, with spaces and capitals", "Easter - 2", ["2026-04-03", "2027-03-26"]),
        Row("ask 1: Ascension", "easter+39", ["2026-05-14", "2027-05-06"]),
        Row("a span around Easter", "easter..easter+1", ["2026-04-05", "2026-04-06", "2027-03-28", "2027-03-29"]),
        Row("ask 1: a weekday of a month", "first monday of september", ["2026-09-07", "2027-09-06"]),
        Row("the last of a month", "last fri of nov", ["2026-11-27", "2027-11-26"]),
        Row("a fifth is not in every month", "5th sat of february", []),
    ])
    func datesAreThose(_ row: Row<String, [String]>) throws {
        #expect(try Self.dates(row.input) == row.expected)
    }

    @Test(arguments: [("first monday", 24), ("last friday", 24), ("third thursday of every month", 24)])
    func everyMonthHasOne(key: String, count: Int) throws {
        #expect(try Self.dates(key).count == count)
    }

    @Test(arguments: [
        ("12-32", Diagnostic.Code.invalidDate), ("25-12", .invalidDate), ("02-30", .invalidDate),
        ("12/25", .invalidDate),
        ("2026-12", .invalidDate), ("easter1", .invalidDate), ("easter+", .invalidDate), ("easter+300", .outOfRange),
        ("easter+99999", .invalidDate), ("orthodox easter", .invalidDate), ("sixth monday", .invalidDate),
        ("first moonday", .invalidDate), ("first monday of septembre", .invalidDate), ("first monday of", .invalidDate),
        ("2027-01-02..2026-12-24", .reversedSpan), ("easter+1..easter", .reversedSpan),
        ("12-24..2027-01-02", .invalidDate),
        ("..", .invalidDate), ("christmas", .invalidDate),
    ])
    func aWrongDateIsNamed(key: String, code: Diagnostic.Code) {
        for text in [
            "version: 1\ntimezone: UTC\nhours: { h: { dates: { \"\(key)\": closed }, weekly: { mon: \"09:00-10:00\" } } }\n",
            "version: 1\nrules: [{ name: r, when: { date: \"\(key)\" }, answer: default }]\n",
            "version: 1\nholidays: { nl: { dates: [\"\(key)\"] } }\n",
        ] {
            let outcome = RulesFile.read(text, name: "f", zones: TimeZones.zone)
            let errors = outcome.findings.filter { $0.severity == .error }.map(\.code)
            #expect(outcome.file == nil && errors == [code], "\(text) \(outcome.findings)")
        }
    }

    @Test(arguments: [
        (
            "yearly", #"date: "12-24..01-02""#,
            Condition.date([DatePattern.yearly(try YearlySpan(first: day(12, 24), last: day(1, 2)))])
        ),
        ("Easter", "date: easter", .date([DatePattern.easter(EasterSpan(first: 0, last: 0))])),
        ("weekday", "date: [last friday]", .date([DatePattern.weekday(MonthlyWeekday(.last, .friday))])),
    ])
    func rulesAskForTheSameDates(name: String, text: String, condition: Condition) throws {
        let file = try RulesFile.sample("rules: [{ name: r, when: { \(text) }, answer: default }]\n")
        #expect(file.rules.rules.map(\.condition) == [condition])
    }

    /// Written as files are, and the codes of the findings.
    @Test(arguments: [
        Row("row 15: 00:00-23:59", #"mon: ["00:00-23:59"]"#, ["last-minute"]),
        Row("row 15: an evening", #"mon: ["18:00-23:59"]"#, ["last-minute"]),
        Row("row 15: over midnight", #"mon: ["23:00-23:59", "00:00-24:00"]"#, ["last-minute", "overlap"]),
        Row("row 15: 24:00 is right", #"mon: ["00:00-24:00"]"#, []),
        Row("screen 33: 12:00-09:00", #"mon: ["12:00-09:00"]"#, ["long-window"]),
        Row("screen 33: more than 16 hours in a day", #"mon: ["06:00-22:01"]"#, ["long-window"]),
        Row("16 hours are not too long", #"mon: ["06:00-22:00"]"#, []),
        Row("a night is not too long", #"mon: ["22:00-06:00"]"#, []),
        Row("closed beside an open range", #"mon-fri: ["09:00-17:00"], wed: closed"#, ["no-effect"]),
        Row("closed in odd weeks replaces", #"mon-fri: ["09:00-17:00"], wed odd: closed"#, []),
        Row("closed by itself", #"mon-fri: ["09:00-17:00"], sat: closed"#, []),
    ])
    func windowsThatAreSlipsAreReported(_ row: Row<String, [String]>) {
        let text =
            "version: 1\ntimezone: UTC\nhours: { h: { weekly: { \(row.input) } } }\n"
            + "rules: [{ name: r, when: { during: h }, answer: default }]\n"
        #expect(RulesFile.read(text, name: "f", zones: TimeZones.zone).findings.map(\.code.rawValue) == row.expected)
    }

    @Test(arguments: [
        Row("row 16: GMT+2", "GMT+2", "2 h more than UTC"), Row("row 16: GMT-5", "GMT-5", "5 h less than UTC"),
        Row("row 16: Etc/GMT+2", "Etc/GMT+2", "2 h less than UTC (the sign in Etc names is reversed)"),
        Row("row 16: Etc/GMT-2", "Etc/GMT-2", "2 h more than UTC (the sign in Etc names is reversed)"),
        Row("row 16: GMT+0530", "GMT+0530", "5 h 30 min more than UTC"),
        Row("row 16: EST", "EST", "5 h less than UTC"), Row("MST", "MST", "7 h less than UTC"),
        Row("HST", "HST", "10 h less than UTC"),
    ])
    func aFixedOffsetSaysWhichWayItGoes(_ row: Row<String, String>) {
        let finding = RulesFile.read("version: 1\ntimezone: \(row.input)\n", name: "f", zones: TimeZones.zone).findings
            .first
        #expect(finding?.code == .fixedOffset)
        #expect(
            finding?.message.contains(row.expected + ", without summer time") == true, "\(String(describing: finding))")
    }

    @Test(arguments: ["UTC", "GMT", "Europe/Amsterdam", "Etc/UTC", "Asia/Kolkata", "Japan", "America/Phoenix"])
    func aRegionIsNotDoubted(name: String) {
        #expect(RulesFile.read("version: 1\ntimezone: \(name)\n", name: "f", zones: TimeZones.zone).findings.isEmpty)
    }

    @Test(arguments: [
        Row(
            "row 28: every date is past",
            #"hours: { h: { dates: { "2026-12-25": closed, "2026-01-01": closed }, weekly: { mon: "09:00-10:00" } } }"#,
            true),
        Row(
            "one is to come",
            #"hours: { h: { dates: { "2026-12-25": closed, "2027-06-01": closed }, weekly: { mon: "09:00-10:00" } } }"#,
            false),
        Row(
            "one returns",
            #"hours: { h: { dates: { "2026-12-25": closed, "01-01": closed }, weekly: { mon: "09:00-10:00" } } }"#,
            false),
        Row("no dates", #"hours: { h: { weekly: { mon: "09:00-10:00" } } }"#, false),
        Row(
            "hours of a rule",
            #"rules: [{ name: r, when: { during: { dates: { "2026-12-25": ["09:00-10:00"] } } }, answer: default }]"#,
            true),
        Row("holidays that are over", #"holidays: { nl: { dates: ["2026-12-25"] } }"#, true),
        Row("holidays that run out within 60 days", #"holidays: { nl: { dates: ["2027-07-30"] } }"#, true),
        Row("holidays that last longer", #"holidays: { nl: { dates: ["2027-07-31"] } }"#, false),
        Row("holidays that return", #"holidays: { nl: { dates: ["2026-12-25", easter] } }"#, false),
        Row(
            "row 28: what was there a year ago is due again, and other dates return",
            #"hours: { h: { dates: { "2026-07-20..2026-08-02": closed, "12-25": closed }, weekly: { mon: "09:00-10:00" } } }"#,
            true),
        Row(
            "row 28: and other dates are to come",
            #"hours: { h: { dates: { "2026-07-20": closed, "2027-12-25": closed }, weekly: { mon: "09:00-10:00" } } }"#,
            true),
        Row(
            "a feast that moved to another day",
            #"holidays: { nl: { dates: ["01-01", "2026-06-14", "2027-05-06", "2027-06-06"] } }"#, false),
        Row("one that every year has", #"holidays: { nl: { dates: ["06-20..06-30", "2026-06-24"] } }"#, false),
        Row("two years ago is too long ago", #"holidays: { nl: { dates: ["01-01", "2025-06-14"] } }"#, false),
    ])
    func datesThatAreOverAreReportedOnTheDay(_ row: Row<String, Bool>) throws {
        let file = try RulesFile.sample(row.input + "\n")
        #expect(file.findings(at: .at("2027-06-01T00:00:00Z")).map(\.code) == (row.expected ? [.datesOver] : []))
    }

    @Test func theLineSpeaksItsOwnLanguageOrThatOfItsCountry() throws {
        let text = """
            version: 1
            lines:
              - { number: "+31201234567", language: de-AT }
              - { number: "+31201234568" }
              - { number: "+4930901820" }
              - { number: "+3222345678" }
            """
        let outcome = RulesFile.readInTheWorld(text, name: "f")
        #expect(
            outcome.file?.rules.lines.map(\.language) == ["de", "nl", "de", outcome.file?.rules.lines.last?.language])
    }

    @Test(arguments: [
        Row(
            "several texts",
            #"{ at: { "mon-fri 12:30-13:00": { reject: L. } }, language: { de: { reject: D. } }, otherwise: { reject: C. } }"#,
            []),
        Row("without otherwise", #"{ at: { "12:30-13:00": { reject: L. } } }"#, ["missing-key"]),
        Row(
            "a window that is none", #"{ at: { lunch: { reject: L. } }, otherwise: { reject: C. } }"#,
            ["invalid-window"]),
        Row(
            "a day that is none", #"{ at: { "mon-fry 12:30-13:00": { reject: L. } }, otherwise: { reject: C. } }"#,
            ["invalid-day"]),
        Row(
            "a language that is none", #"{ language: { german: { reject: D. } }, otherwise: { reject: C. } }"#,
            ["invalid-code"]),
        Row(
            "a language that no line speaks", #"{ language: { fr: { reject: F. } }, otherwise: { reject: C. } }"#,
            ["no-effect"]),
    ])
    func closedMayHaveSeveralTexts(_ row: Row<String, [String]>) {
        let text = """
            version: 1
            timezone: UTC
            lines: [{ number: "+31201234567", hours: h, language: de }]
            hours: { h: { weekly: { mon: "09:00-10:00" }, closed: \(row.input) } }
            """
        #expect(RulesFile.read(text, name: "f", zones: TimeZones.zone).findings.map(\.code.rawValue) == row.expected)
    }

    @Test(arguments: [
        Row("a line without words for it", #"We open {{line.opens}}."#, ["no-language"]),
        Row("a fallback", #"We open {{line.opens|soon}}."#, []),
        Row("no words are needed", #"{{line.open}}, {{line.name}}"#, []),
    ])
    func aMomentNeedsALanguageOrAFallback(_ row: Row<String, [String]>) {
        let text = """
            version: 1
            lines: [{ number: "+358201234567", language: fi }]
            otherwise: { greeting: "Hello. \(row.input)" }
            """
        #expect(RulesFile.read(text, name: "f", zones: TimeZones.zone).findings.map(\.code.rawValue) == row.expected)
    }
}
