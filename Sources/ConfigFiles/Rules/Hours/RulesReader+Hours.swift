// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// An hours table, while it is read.
    struct HoursDraft {
        fileprivate var weekly: [[MinuteWindow]] = Array(repeating: [], count: 7)
        fileprivate var dates: [CivilDate: [MinuteWindow]] = [:]
        fileprivate var closedAnswer: Int?
        fileprivate var zone: Zone?
    }

    /// The keys of named hours.
    static let hoursKeys = KeyTable<HoursDraft>([
        "weekly": readWeekly, "dates": readDates, "timezone": readOwnZone,
        "closed": { reader, entry, hours in hours.closedAnswer = reader.readFinalAnswer(entry.value) },
    ])

    /// The keys of hours that a rule spells out, which close nothing.
    static let duringKeys = KeyTable<HoursDraft>(["weekly": readWeekly, "dates": readDates, "timezone": readOwnZone])

    private static let readWeekly: KeyTable<HoursDraft>.Read = { reader, entry, hours in
        hours.weekly = reader.readWeek(entry.value)
    }
    private static let readDates: KeyTable<HoursDraft>.Read = { reader, entry, hours in
        hours.dates = reader.readDates(entry.value)
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
                name: name, zone: nil, weekly: readDailyWindows(node), dates: [:], closedAnswer: nil)
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
            name: name, zone: draft.zone, weekly: draft.weekly, dates: draft.dates, closedAnswer: draft.closedAnswer)
        if findings.errorCount == errorsBefore { checkOpens(table, label: label, at: position) }
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
        for (index, position) in hoursPositions where !usedHours.contains(index) {
            findings.warning(.unusedHours, "the hours `\(hours[index].name)` are not used", at: position)
        }
    }
}

// Windows.
extension RulesReader {
    /// Reads the windows of a week, by `Weekday.rawValue`.
    private mutating func readWeek(_ node: YAMLNode) -> [[MinuteWindow]] {
        var week: [[LocatedWindow]] = Array(repeating: [], count: 7)
        for entry in findings.mapping(node, of: "`weekly`") ?? [] {
            let windows = readWindows(entry.value)
            guard let days = DayText.read(entry.key) else {
                findings.error(.invalidDay, invalidDay(entry.key), at: entry.keyPosition)
                continue
            }
            for day in days { week[day.rawValue] += windows }
        }
        report(LocatedWindow.overlaps(inWeek: week))
        return week.map { $0.map(\.window) }
    }

    /// Reads the windows of every day.
    private mutating func readDailyWindows(_ node: YAMLNode) -> [[MinuteWindow]] {
        let week = Array(repeating: readWindows(node), count: 7)
        report(LocatedWindow.overlaps(inWeek: week))
        return week.map { $0.map(\.window) }
    }

    /// Reads the windows of single dates.
    private mutating func readDates(_ node: YAMLNode) -> [CivilDate: [MinuteWindow]] {
        var dates: [CivilDate: [MinuteWindow]] = [:]
        for entry in findings.mapping(node, of: "`dates`") ?? [] {
            let windows = readWindows(entry.value)
            guard let date = CivilDate(entry.key) else {
                findings.error(
                    .invalidDate, "invalid date `\(entry.key)`; expected year, month and day such as \"2026-12-25\"",
                    at: entry.keyPosition)
                continue
            }
            report(LocatedWindow.overlaps(inDay: windows))
            dates[date] = windows.map(\.window)
        }
        return dates
    }

    private mutating func report(_ overlaps: [LocatedWindow.Overlap]) {
        for overlap in overlaps { findings.warning(.overlap, overlap.message, at: overlap.position) }
    }

    /// Reads the word `closed`, one window, or a list of them.
    private mutating func readWindows(_ node: YAMLNode) -> [LocatedWindow] {
        if node.scalarText == "closed" { return [] }
        if node.isNull || node.entries != nil {
            findings.error(
                .wrongType, "expected windows such as [\"09:00-17:30\"] or the word closed, found \(node.kindInWords)",
                at: node.position)
            return []
        }
        return node.oneOrMore.compactMap { item in
            readWindow(item).map { LocatedWindow(window: $0, position: item.position) }
        }
    }

    private mutating func readWindow(_ node: YAMLNode) -> MinuteWindow? {
        switch WindowText.read(node.scalarText ?? "") {
        case .window(let window):
            if window.end - window.start == 1440, window.start > 0 {
                findings.warning(
                    .wholeDay, "this window ends when it begins, so it lasts 24 hours", at: node.position)
            }
            return window
        case .problem(let problem):
            findings.error(.invalidWindow, problem, at: node.position)
            return nil
        }
    }

    /// What is wrong with a word that is not a day.
    func invalidDay(_ text: String) -> String {
        "invalid day `\(text.prefix(40))`; expected mon, tue, wed, thu, fri, sat or sun, a range such as mon-fri, or a list "
            + "such as mon,wed"
    }
}
