// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// An event, while its lines are read.
struct ICalendarEvent {
    /// Where it begins.
    let line: Int
    private var summary: String?
    private var start: ICalendarLine?
    private var end: ICalendarLine?
    private var duration: String?
    private var rule: ICalendarLine?
    private var exceptions: [ICalendarLine] = []
    /// A property that this version does not read, and that changes when the event is.
    private var unsupported: String?
    private var isCancelled = false

    init(line: Int) {
        self.line = line
    }

    /// Whether it comes back by a rule.
    var repeats: Bool { rule != nil }

    /// Why an event is not used.
    struct Unusable: Error {
        let reason: String
    }

    /// The longest event, in days.
    private static let longest = 366

    mutating func take(_ line: ICalendarLine) {
        switch line.name {
        case "SUMMARY": summary = line.text
        case "DTSTART": start = line
        case "DTEND": end = line
        case "DURATION": duration = line.value.uppercased()
        case "RRULE" where rule == nil: rule = line
        case "EXDATE": exceptions.append(line)
        case "RRULE", "RDATE", "EXRULE", "RECURRENCE-ID": unsupported = line.name
        case "STATUS": isCancelled = line.value.uppercased() == "CANCELLED"
        default: break
        }
    }

    /// Its name as messages show it.
    var name: String {
        guard let summary, !summary.trimmed.isEmpty else { return "an event without a name" }
        return "`\(summary.trimmed.prefix(60))`"
    }

    /// Returns the days of the event; at most a number of dates.
    func days(atMost most: Int) throws(Unusable) -> [DatePattern] {
        if isCancelled { return [] }
        if let unsupported { throw Unusable(reason: "has \(unsupported), which is not supported; it is not used") }
        guard let start else { throw Unusable(reason: "has no DTSTART; it is not used") }
        guard !start.isTimed, let first = start.date else {
            throw Unusable(
                reason: start.isTimed
                    ? "is not an all-day event; it is not used" : "has a DTSTART that is not a date; it is not used")
        }
        let length = try length(from: first)
        let excluded = try excludedDates()
        let patterns: [DatePattern]
        if let rule {
            let recurrence = try YearlyRecurrence(rule.value, start: first)
            patterns = recurrence.patterns(length: length, excluding: excluded, atMost: most)
        } else {
            patterns = excluded.contains(first) ? [] : [.span(first, length)]
        }
        guard patterns.count <= most else {
            throw Unusable(
                reason: "has more dates than are left of the \(ICalendar.mostDays) of a file; it is not used")
        }
        return patterns
    }

    /// How many days it lasts: DTEND is the day after the last.
    private func length(from first: CivilDate) throws(Unusable) -> Int {
        var length = 1
        if let end {
            guard let after = end.date else { throw Unusable(reason: "has a DTEND that is not a date; it is not used") }
            // Some programs write the day itself.
            length = max(1, after.daysSince1970 - first.daysSince1970)
            guard after >= first else { throw Unusable(reason: "ends before it begins; it is not used") }
        } else if let duration {
            guard let days = Self.days(duration) else {
                throw Unusable(reason: "has a DURATION that is not in days; it is not used")
            }
            length = days
        }
        guard length <= Self.longest else { throw Unusable(reason: "lasts longer than a year; it is not used") }
        return length
    }

    /// Reads `P1D` or `P2W`.
    private static func days(_ duration: String) -> Int? {
        let body = duration.hasPrefix("+") ? duration.dropFirst() : duration[...]
        guard body.hasPrefix("P"), let unit = body.last, let count = Int(body.dropFirst().dropLast()), count > 0,
            count < 1000
        else { return nil }
        return unit == "D" ? count : unit == "W" ? count * 7 : nil
    }

    private func excludedDates() throws(Unusable) -> Set<CivilDate> {
        var dates: Set<CivilDate> = []
        for line in exceptions {
            for text in line.value.split(separator: ",") {
                guard let date = ICalendarLine.date(text.trimmed) else {
                    throw Unusable(reason: "has an EXDATE that is not a date; it is not used")
                }
                dates.insert(date)
            }
        }
        return dates
    }
}

extension DatePattern {
    /// The days from a date on.
    fileprivate static func span(_ first: CivilDate, _ days: Int) -> DatePattern {
        .span(DateSpan(first: first, last: first.advanced(byDays: days - 1)))
    }
}

/// A rule of RFC 5545 that repeats every year, or every few years.
struct YearlyRecurrence {
    private let start: CivilDate
    private var interval = 1
    private var count: Int?
    private var until: CivilDate?
    private var months: [Int]?
    private var monthDays: [Int]?
    private var weekdays: [MonthlyWeekday]?

    /// Zones are known up to this year, and so are hours.
    private static let lastYear = 2099

    init(_ text: String, start: CivilDate) throws(ICalendarEvent.Unusable) {
        self.start = start
        var frequency = ""
        var byDay: String?
        for part in text.uppercased().split(separator: ";") {
            let fields = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard fields.count == 2 else { throw Self.unsupported(String(part)) }
            switch fields[0] {
            case "FREQ": frequency = fields[1]
            case "INTERVAL": interval = try Self.number(fields[1], in: 1...1000, String(part))
            case "COUNT": count = try Self.number(fields[1], in: 1...1_000_000, String(part))
            case "UNTIL":
                guard let date = ICalendarLine.date(fields[1].prefix(8)) else { throw Self.unsupported(String(part)) }
                until = date
            case "BYMONTH": months = try Self.numbers(fields[1], in: 1...12, String(part))
            case "BYMONTHDAY": monthDays = try Self.numbers(fields[1], in: 1...31, String(part))
            case "BYDAY": byDay = fields[1]
            case "WKST": break
            default: throw Self.unsupported(String(part))
            }
        }
        guard frequency == "YEARLY" else { throw Self.unsupported("FREQ=\(frequency)") }
        if let byDay {
            // Without a month the weekday would be one of the year.
            guard months != nil, monthDays == nil else { throw Self.unsupported("BYDAY=\(byDay)") }
            var read: [MonthlyWeekday] = []
            for day in byDay.split(separator: ",") {
                guard let weekday = Self.weekday(day) else { throw Self.unsupported("BYDAY=\(byDay)") }
                read.append(weekday)
            }
            weekdays = read
        }
    }

    private static func unsupported(_ part: String) -> ICalendarEvent.Unusable {
        ICalendarEvent.Unusable(reason: "repeats by `\(part.prefix(40))`, which is not supported; it is not used")
    }

    private static func number(
        _ text: String, in range: ClosedRange<Int>, _ part: String
    ) throws(ICalendarEvent.Unusable) -> Int {
        guard let number = Int(text), range.contains(number) else { throw unsupported(part) }
        return number
    }

    private static func numbers(
        _ text: String, in range: ClosedRange<Int>, _ part: String
    ) throws(ICalendarEvent.Unusable) -> [Int] {
        var numbers: Set<Int> = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            numbers.insert(try number(String(item), in: range, part))
        }
        return numbers.sorted()
    }

    /// Reads `1MO` or `-1FR`.
    private static func weekday(_ text: Substring) -> MonthlyWeekday? {
        let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        let ordinals: [Substring: WeekdayOrdinal] = [
            "1": .first, "2": .second, "3": .third, "4": .fourth, "5": .fifth, "-1": .last, "+1": .first,
            "+2": .second, "+3": .third, "+4": .fourth, "+5": .fifth,
        ]
        guard let place = days.firstIndex(of: String(text.suffix(2))), let weekday = Weekday(rawValue: place),
            let ordinal = ordinals[text.dropLast(2)]
        else { return nil }
        return MonthlyWeekday(ordinal, weekday)
    }

    /// Returns the days of an event that lasts a number of days; a result longer than `most` means that there are too many.
    func patterns(length: Int, excluding excluded: Set<CivilDate>, atMost most: Int) -> [DatePattern] {
        if excluded.isEmpty, let span = yearlySpan(length: length) { return [.yearly(span)] }
        var patterns: [DatePattern] = []
        var left = count ?? Int.max
        var year = start.parts.year
        // Occurrences long past count only towards COUNT and are not stored.
        if count == nil, year < 1970 { year += (1970 - year + interval - 1) / interval * interval }
        while year <= Self.lastYear, left > 0, patterns.count <= most {
            for date in dates(inYear: year) where date >= start && left > 0 {
                if let until, date > until { return patterns }
                left -= 1
                if !excluded.contains(date), year >= 1970 { patterns.append(.span(date, length)) }
            }
            year += interval
        }
        return patterns
    }

    /// The same days of every year without an end; `nil` for a rule that needs its dates one by one.
    private func yearlySpan(length: Int) -> YearlySpan? {
        guard interval == 1, count == nil, until == nil, weekdays == nil, months == nil && monthDays == nil || isStart
        else { return nil }
        let parts = start.parts
        guard let first = MonthDay(month: parts.month, day: parts.day) else { return nil }
        if length == 1 { return YearlySpan(first: first, last: first, since: parts.year) }
        // A leap day inside the event would move its end.
        guard parts.month >= 3, length <= 300, let begin = CivilDate(year: 2001, month: parts.month, day: parts.day),
            let end = CivilDate(year: 2002, month: 2, day: 28)
        else { return nil }
        let last = begin.advanced(byDays: length - 1)
        return last < end ? YearlySpan(first: first, last: MonthDay(last), since: parts.year) : nil
    }

    /// Whether month and day of the rule are those of the event's start.
    private var isStart: Bool {
        let parts = start.parts
        return months == [parts.month] && (monthDays == nil || monthDays == [parts.day])
    }

    /// The dates of a year, in order.
    private func dates(inYear year: Int) -> [CivilDate] {
        let parts = start.parts
        let months = self.months ?? (monthDays == nil ? [parts.month] : Array(1...12))
        guard let weekdays else {
            return months.flatMap { month in
                (monthDays ?? [parts.day]).compactMap { CivilDate(year: year, month: month, day: $0) }
            }
        }
        return months.flatMap { month in
            (1...31).compactMap { CivilDate(year: year, month: month, day: $0) }
                .filter { date in weekdays.contains { $0.contains(date) } }
        }
    }
}
