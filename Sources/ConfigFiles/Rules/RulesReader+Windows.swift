// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads the windows of a week, by `Weekday.rawValue`.
    mutating func readWeek(_ node: YAMLNode) -> [[MinuteWindow]] {
        var week: [[LocatedWindow]] = Array(repeating: [], count: 7)
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
        report(LocatedWindow.overlaps(inWeek: week))
        return week.map { $0.map(\.window) }
    }

    /// Reads the windows of every day.
    mutating func readDailyWindows(_ node: YAMLNode) -> [[MinuteWindow]] {
        let week = Array(repeating: readWindows(node), count: 7)
        report(LocatedWindow.overlaps(inWeek: week))
        return week.map { $0.map(\.window) }
    }

    /// Reads the windows of single dates.
    mutating func readDates(_ node: YAMLNode) -> [CivilDate: [MinuteWindow]] {
        var dates: [CivilDate: [MinuteWindow]] = [:]
        for entry in findings.block(node, of: "`dates`") ?? [] {
            let windows = readWindows(entry.value)
            guard let date = CivilDate(entry.key) else {
                findings.error(
                    "`\(entry.key)` is no date of the calendar; write year, month and day, such as \"2026-12-25\"",
                    at: entry.keyPosition)
                continue
            }
            report(LocatedWindow.overlaps(inDay: windows))
            dates[date] = windows.map(\.window)
        }
        return dates
    }

    private mutating func report(_ overlaps: [LocatedWindow.Overlap]) {
        for overlap in overlaps { findings.warning(overlap.words, at: overlap.position) }
    }

    /// Reads the word `closed`, one window, or a list of them.
    private mutating func readWindows(_ node: YAMLNode) -> [LocatedWindow] {
        if node.scalarText == "closed" { return [] }
        if node.isNull || node.entries != nil {
            findings.error(
                "write windows here, such as [\"09:00-17:30\"], or the word closed; \(node.kindInWords) stands here",
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
                    "this window ends when it begins, so it lasts 24 hours; is that meant?", at: node.position)
            }
            return window
        case .problem(let problem):
            findings.error(problem, at: node.position)
            return nil
        }
    }
}
