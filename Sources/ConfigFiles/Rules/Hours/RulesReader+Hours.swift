// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// An hours table, while it is read.
    struct HoursDraft {
        fileprivate var weekly = WeeklyWindows.none
        fileprivate var dates = DatedWindows.none
        fileprivate var holidays: [DatedWindows] = []
        fileprivate var closing: ClosingAnswers?
        fileprivate var zone: Zone?
        /// Where the dates and the times of the day with their own answers are.
        fileprivate var datePositions: [SourcePosition] = []
        fileprivate var closingPositions: [SourcePosition] = []
    }

    /// The keys of named hours.
    static let hoursKeys = KeyTable<HoursDraft>([
        "weekly": readWeekly, "dates": readDates, "holidays": readHolidayNames, "timezone": readOwnZone,
        "closed": { reader, entry, hours in
            hours.closing = reader.readClosing(entry.value)
            hours.closingPositions =
                MappingReader.of(entry.value)?["at"]?.entries?.map(\.keyPosition) ?? []
        },
    ])

    /// The keys of hours that a rule spells out, which close nothing.
    static let duringKeys = KeyTable<HoursDraft>([
        "weekly": readWeekly, "dates": readDates, "holidays": readHolidayNames, "timezone": readOwnZone,
    ])

    private static let readWeekly: KeyTable<HoursDraft>.Read = { reader, entry, hours in
        hours.weekly = reader.readWeek(entry.value)
    }
    private static let readDates: KeyTable<HoursDraft>.Read = { reader, entry, hours in
        hours.dates = reader.readDates(entry.value)
        hours.datePositions = entry.value.entries?.map(\.keyPosition) ?? []
        reader.noteDates(.dates, hours.dates, at: entry.keyPosition)
    }
    private static let readHolidayNames: KeyTable<HoursDraft>.Read = { reader, entry, hours in
        hours.holidays = entry.value.oneOrMore.compactMap { reader.readHolidaysName($0) }
    }
    private static let readOwnZone: KeyTable<HoursDraft>.Read = { reader, entry, hours in
        hours.zone = reader.readZone(entry.value)
    }

    /// Reads `hours`.
    mutating func readHours(_ node: YAMLNode) {
        for entry in findings.mapping(node, of: "`hours`") ?? [] where hoursByName[entry.key] == nil {
            guard
                let table = readTable(
                    entry.value, name: entry.key, label: "`\(entry.key)`", at: entry.keyPosition, Self.hoursKeys)
            else { continue }
            hoursByName[entry.key] = hours.count
            hoursPositions.append((hours.count, entry.keyPosition))
            hours.append(table)
        }
    }

    /// Reads the hours that a rule names or spells out.
    mutating func readDuring(_ node: YAMLNode, rule: String) -> Int? {
        if let text = node.scalarText, hoursByName[text] != nil || !WindowText.looksLikeWindow(text) {
            return readHoursName(node)
        }
        let name = "of rule \(rule)"
        let table: HoursTable?
        if node.entries != nil {
            table = readTable(node, name: name, label: name, at: node.position, Self.duringKeys)
        } else {
            let errorsBefore = findings.errorCount
            let daily = HoursTable(
                name: name, zone: nil, weekly: readDailyWindows(node), closing: nil)
            if findings.errorCount == errorsBefore { checkOpens(daily, label: name, at: node.position) }
            table = daily
        }
        guard let table else { return nil }
        hours.append(table)
        return hours.count - 1
    }

    /// Returns the index of the hours with a name.
    mutating func readHoursName(_ node: YAMLNode) -> Int? {
        guard let name = findings.text(node, of: "`hours`") else { return nil }
        if let index = hoursByName[name] {
            usedHours.insert(index)
            return index
        }
        hoursAreMisspelled = true
        let hint = Suggestion.hint(for: name, among: hoursByName.keys)
        findings.error(.unknownHours, "there are no hours named `\(name)`\(hint)", at: node.position)
        return nil
    }

    /// Reads a table; `label` names it in findings about the whole table, which point to `position`.
    private mutating func readTable(
        _ node: YAMLNode, name: String, label: String, at position: SourcePosition, _ keys: KeyTable<HoursDraft>
    ) -> HoursTable? {
        let errorsBefore = findings.errorCount
        var draft = HoursDraft()
        guard let fields = read(node, of: "the hours \(name)", keys, into: &draft) else { return nil }
        if fields["weekly"] == nil, fields["dates"] == nil {
            findings.error(
                .missingKey, "hours need `weekly`, `dates` or both; without them they never open", at: fields.position)
        }
        let table = HoursTable(
            name: name, zone: draft.zone, weekly: draft.weekly, dates: draft.dates, holidays: draft.holidays,
            closing: draft.closing)
        if findings.errorCount == errorsBefore {
            checkOpens(table, label: label, at: position)
            checkDoubts(table, dates: draft.datePositions, closing: draft.closingPositions)
        }
        return table
    }

    private mutating func checkOpens(_ table: HoursTable, label: String, at position: SourcePosition) {
        guard !table.everOpens else { return }
        findings.warning(
            .neverOpens, "the hours \(label) never open; add a window such as mon-fri: [\"09:00-17:00\"]", at: position)
    }

    /// Warns of hours that neither a line nor a rule uses; a misspelled name makes that impossible to say.
    mutating func checkUnusedHours() {
        guard !hoursAreMisspelled else { return }
        for (index, position) in hoursPositions where position.file == 0 && !usedHours.contains(index) {
            findings.warning(.unusedHours, "the hours `\(hours[index].name)` are not used", at: position)
        }
        for (name, position) in holidayPositions where position.file == 0 && !usedHolidays.contains(name) {
            findings.warning(.unusedHours, "the holidays `\(name)` are not used by any hours", at: position)
        }
    }
}
