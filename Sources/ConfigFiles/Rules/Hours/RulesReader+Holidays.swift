// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

// Lists of holidays.
extension RulesReader {
    /// A list of holidays, while it is read.
    struct HolidaysDraft {
        fileprivate var dates: DatedWindows?
        fileprivate var calendar: Calendar?
    }

    /// The dates of a calendar file.
    fileprivate struct Calendar {
        let dates: DatedWindows
        let singles: [DateSpan]
    }

    /// The keys of a list of holidays, of which it has one.
    static let holidayKeys = KeyTable<HolidaysDraft>([
        "dates": { reader, entry, list in
            list.dates = entry.value.items == nil ? reader.readDates(entry.value) : reader.readClosedDates(entry.value)
        },
        "ics": { reader, entry, list in list.calendar = reader.readCalendar(entry.value) },
    ])

    /// Reads `holidays`.
    mutating func readHolidays(_ node: YAMLNode) {
        for entry in findings.mapping(node, of: "`holidays`") ?? [] where holidays[entry.key] == nil {
            var draft = HolidaysDraft()
            let errorsBefore = findings.errorCount
            let what = "the holidays \(entry.key)"
            if entry.value.items != nil {
                findings.error(
                    .wrongType, "\(what) must be a mapping; write { dates: [...] }", at: entry.value.position)
                holidays[entry.key] = .some(nil)
                continue
            }
            guard let fields = read(entry.value, of: what, Self.holidayKeys, into: &draft) else {
                holidays[entry.key] = .some(nil)
                continue
            }
            if fields["dates"] != nil, fields["ics"] != nil {
                findings.error(
                    .conflictingKeys, "`dates` and `ics` cannot be combined; make two lists of them",
                    at: fields.position)
            }
            if findings.errorCount == errorsBefore, fields["dates"] == nil, fields["ics"] == nil {
                findings.error(.missingKey, "\(what) need the key `dates` or `ics`", at: fields.position)
            }
            let list = draft.dates ?? draft.calendar?.dates
            if let list {
                let singles = draft.dates == nil ? draft.calendar?.singles : nil
                noteDates(.holidays, list, singles: singles, at: entry.keyPosition)
            }
            holidays[entry.key] = .some(list)
            holidayPositions.append((entry.key, entry.keyPosition))
        }
    }

    /// Returns the holidays with a name.
    mutating func readHolidaysName(_ node: YAMLNode) -> DatedWindows? {
        guard let name = findings.text(node, of: "`holidays`") else { return nil }
        guard let list = holidays[name] else {
            let hint = Suggestion.hint(for: name, among: holidays.keys)
            findings.error(
                .unknownHolidays, "there are no holidays named `\(name)`\(hint)", at: node.position)
            return nil
        }
        usedHolidays.insert(name)
        return list
    }

    /// Reads a list of dates that are closed.
    private mutating func readClosedDates(_ node: YAMLNode) -> DatedWindows {
        let patterns = node.oneOrMore.compactMap { item -> DatePattern? in
            findings.text(item, of: "a date").flatMap { readPattern($0, at: item.position) }
        }
        return DatedWindows(patterns.map { DatedWindows.Entry($0, []) })
    }

    /// The largest calendar file, in bytes.
    private static let largestCalendar = 1 << 20
    /// How many problems of a calendar are reported one by one.
    private static let mostProblems = 10

    /// Reads an .ics file; one that cannot be used has no dates, and the lines are answered without it.
    private mutating func readCalendar(_ node: YAMLNode) -> Calendar? {
        guard let path = findings.text(node, of: "`ics`") else { return nil }
        let bytes: [UInt8]
        switch files(path) {
        case .unreadable(let problem):
            findings.unavailable(
                .unreadableFile, "cannot read `\(path)`: \(problem); its holidays are not kept", at: node.position)
            return nil
        case .bytes(let read): bytes = read
        }
        guard bytes.count <= Self.largestCalendar else {
            findings.unavailable(
                .fileTooLarge, "`\(path)` is larger than 1 MiB; its holidays are not kept", at: node.position)
            return nil
        }
        guard let calendar = ICalendar(bytes) else {
            findings.unavailable(
                .calendarEvent, "`\(path)` is not a calendar: expected BEGIN:VCALENDAR; its holidays are not kept",
                at: node.position)
            return nil
        }
        for problem in calendar.problems.prefix(Self.mostProblems) {
            findings.warning(
                .calendarEvent, "`\(path)`, line \(problem.line): \(problem.message)", at: node.position)
        }
        if calendar.problems.count > Self.mostProblems {
            let more = calendar.problems.count - Self.mostProblems
            findings.warning(
                .calendarEvent, "`\(path)`: \(more == 1 ? "1 more event is" : "\(more) more events are") not used",
                at: node.position)
        }
        if calendar.days.isEmpty {
            findings.warning(.calendarEvent, "`\(path)` has no all-day event", at: node.position)
        }
        return Calendar(
            dates: DatedWindows(calendar.days.map { DatedWindows.Entry($0, []) }), singles: calendar.singles)
    }
}
