// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads `hours`.
    mutating func readHours(_ node: YAMLNode) {
        for entry in findings.block(node, of: "`hours`") ?? [] where hoursByName[entry.key] == nil {
            guard let table = readTable(entry.value, name: entry.key, keys: ["weekly", "dates", "closed", "timezone"])
            else { continue }
            hoursByName[entry.key] = hours.count
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
            table = readTable(node, name: name, keys: ["weekly", "dates", "timezone"])
        } else {
            let windows = readWindows(node)
            table = HoursTable(
                name: name, zone: nil, weekly: Array(repeating: windows, count: 7), dates: [:], closedAnswer: nil)
        }
        guard let table else { return nil }
        hours.append(table)
        return hours.count - 1
    }

    private mutating func readTable(_ node: YAMLNode, name: String, keys: [String]) -> HoursTable? {
        guard let fields = findings.fields(node, of: "the hours \(name)", known: keys) else { return nil }
        if fields["weekly"] == nil, fields["dates"] == nil {
            findings.error(
                "these hours need `weekly`, `dates` or both; without them they never open", at: fields.position)
        }
        return HoursTable(
            name: name, zone: fields["timezone"].flatMap { readZone($0) },
            weekly: fields["weekly"].map { readWeek($0) } ?? Array(repeating: [], count: 7),
            dates: fields["dates"].map { readDates($0) } ?? [:],
            closedAnswer: fields["closed"].flatMap { readAnswer($0) })
    }

    private mutating func readWeek(_ node: YAMLNode) -> [[MinuteWindow]] {
        var week: [[MinuteWindow]] = Array(repeating: [], count: 7)
        for entry in findings.block(node, of: "`weekly`") ?? [] {
            let windows = readWindows(entry.value)
            guard let days = DayText.read(entry.key) else {
                findings.error(
                    """
                    `\(entry.key)` is no day; write mon, tue, wed, thu, fri, sat or sun, a range such as mon-fri, \
                    or several as in mon,wed
                    """,
                    at: entry.keyPosition)
                continue
            }
            for day in days { week[day.rawValue] += windows }
        }
        return week
    }

    private mutating func readDates(_ node: YAMLNode) -> [CivilDate: [MinuteWindow]] {
        var dates: [CivilDate: [MinuteWindow]] = [:]
        for entry in findings.block(node, of: "`dates`") ?? [] {
            let windows = readWindows(entry.value)
            guard let date = CivilDate(entry.key) else {
                findings.error(
                    "`\(entry.key)` is no date of the calendar; write year, month and day, such as \"2026-12-25\"",
                    at: entry.keyPosition)
                continue
            }
            dates[date] = windows
        }
        return dates
    }

    /// Reads the word `closed`, one window, or a list of them.
    private mutating func readWindows(_ node: YAMLNode) -> [MinuteWindow] {
        if node.scalarText == "closed" { return [] }
        if node.isNull || node.entries != nil {
            findings.error(
                "write windows here, such as [\"09:00-17:30\"], or the word closed; \(node.kindInWords) stands here",
                at: node.position)
            return []
        }
        return node.oneOrMore.compactMap { readWindow($0) }
    }

    private mutating func readWindow(_ node: YAMLNode) -> MinuteWindow? {
        switch WindowText.read(node.scalarText ?? "") {
        case .window(let window):
            if window.end - window.start == 1440, window.start > 0 {
                findings.warning(
                    "this window ends when it begins, so it lasts 24 hours; is that meant?", at: node.position)
            }
            return window
        case .problem(let problem):
            findings.error(problem, at: node.position)
            return nil
        }
    }
}
