// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

// Windows of the week and of dates.
extension RulesReader {
    /// A window this long is more often a slip than a shop, in minutes.
    private static let longWindow = 16 * 60

    /// Reads the windows of a week.
    mutating func readWeek(_ node: YAMLNode) -> WeeklyWindows {
        var week = WeekDraft()
        for entry in findings.mapping(node, of: "`weekly`") ?? [] {
            let windows = readWindows(entry.value)
            guard let keys = WeekKeyText.read(entry.key) else {
                findings.error(.invalidDay, invalidWeekKey(entry.key), at: entry.keyPosition)
                continue
            }
            let isClosed = entry.value.scalarText == "closed"
            for key in keys { week.add(windows, isClosed: isClosed, on: key, at: entry.keyPosition) }
        }
        report(LocatedWindow.overlaps(inWeek: week.plain))
        for exception in week.exceptions { report(LocatedWindow.overlaps(inDay: exception.windows)) }
        for (day, position) in week.closed where !week.plain[day.rawValue].isEmpty {
            findings.warning(
                .noEffect,
                "closed has no effect here: another key opens \(day.shortName), and windows of several keys add up; take "
                    + "\(day.shortName) out of that key", at: position)
        }
        return week.windows
    }

    /// Reads the windows of every day.
    mutating func readDailyWindows(_ node: YAMLNode) -> WeeklyWindows {
        let week = Array(repeating: readWindows(node), count: 7)
        report(LocatedWindow.overlaps(inWeek: week))
        return WeeklyWindows(week.map { $0.map(\.window) })
    }

    /// Reads the windows of dates.
    mutating func readDates(_ node: YAMLNode) -> DatedWindows {
        var entries: [DatedWindows.Entry] = []
        var known: [DatePattern: (line: Int, key: String)] = [:]
        for entry in findings.mapping(node, of: "`dates`") ?? [] {
            let windows = readWindows(entry.value)
            guard let pattern = readPattern(entry.key, at: entry.keyPosition) else { continue }
            // A key that is written twice in the same way has its own error.
            if let first = known[pattern], first.key != entry.key {
                findings.warning(
                    .overlap,
                    "`\(entry.key)` is the same as `\(first.key)` on line \(first.line), which counts; keep one",
                    at: entry.keyPosition)
            }
            known[pattern] = known[pattern] ?? (entry.keyPosition.line, entry.key)
            report(LocatedWindow.overlaps(inDay: windows))
            entries.append(DatedWindows.Entry(pattern, windows.map(\.window)))
        }
        checkCrossing(entries, at: node.entries?.map(\.keyPosition) ?? [])
        return DatedWindows(entries)
    }

    /// Reads a date as people write it.
    mutating func readPattern(_ text: String, at position: SourcePosition) -> DatePattern? {
        switch DateText.read(text) {
        case .pattern(let pattern): return pattern
        case .problem(let code, let problem):
            findings.error(code, problem, at: position)
            return nil
        }
    }

    /// More spans than this are not compared with each other.
    private static let mostSpans = 200

    /// Warns of spans that cross: neither contains the other, so that which of them counts is a guess.
    private mutating func checkCrossing(_ entries: [DatedWindows.Entry], at positions: [SourcePosition]) {
        guard entries.count == positions.count else { return }
        let spans = zip(entries, positions).filter { $0.0.pattern.isSpan }
        guard spans.count <= Self.mostSpans else { return }
        for (index, (entry, position)) in spans.enumerated() {
            let crossed = spans[..<index].first { earlier, _ in
                entry.pattern.crosses(earlier.pattern) && entry.windows != earlier.windows
            }
            guard let crossed else { continue }
            findings.warning(
                .overlap,
                "`\(entry.pattern)` overlaps `\(crossed.0.pattern)` with other windows; move an end so that each date is "
                    + "in one of them", at: position)
        }
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
            checkLength(window, at: node.position)
            return window
        case .problem(let problem):
            findings.error(.invalidWindow, problem, at: node.position)
            return nil
        }
    }

    /// Warns of a window that is probably not meant as it is written.
    private mutating func checkLength(_ window: MinuteWindow, at position: SourcePosition) {
        let minutes = window.end - window.start
        if window.end % 1440 == 1439 {
            let fixed = String("\(window)".prefix(6)) + "24:00"
            findings.warning(
                .lastMinute, "`\(window)` is closed for the last minute of the day; write \"\(fixed)\"", at: position)
        } else if minutes == 1440, window.start > 0 {
            findings.warning(
                .wholeDay, "this window ends when it begins, so it lasts 24 hours", at: position)
        } else if minutes > Self.longWindow, minutes < 1440 {
            let length = "\(minutes / 60) hours" + (minutes % 60 == 0 ? "" : " \(minutes % 60) minutes")
            let night = window.end > 1440 ? ", over midnight" : ""
            findings.warning(
                .longWindow,
                "`\(window)` lasts \(length)\(night); check that the times are not swapped", at: position)
        }
    }

    private func invalidWeekKey(_ text: String) -> String {
        "invalid day `\(text.prefix(40))`"
            + (DayText.meant(text).map { "; write \($0)" }
                ?? "; expected mon, tue, wed, thu, fri, sat or sun, a range such as mon-fri, a list such as mon,wed, odd or "
                + "even weeks such as mon odd, or one of a month such as first mon")
    }

    /// What is wrong with a word that is not a day.
    func invalidDay(_ text: String) -> String {
        "invalid day `\(text.prefix(40))`"
            + (DayText.meant(text).map { "; write \($0)" }
                ?? "; expected mon, tue, wed, thu, fri, sat or sun, a range such as mon-fri, or a list such as mon,wed")
    }
}

extension DatePattern {
    /// Whether it has several days in a row.
    fileprivate var isSpan: Bool {
        switch self {
        case .span(let span): span.first < span.last
        case .yearly(let span): span.first != span.last
        case .easter(let span): span.first < span.last
        case .weekday: false
        }
    }
}

/// The windows of a week, while it is read.
private struct WeekDraft {
    /// By `Weekday.rawValue`.
    private(set) var plain: [[LocatedWindow]] = Array(repeating: [], count: 7)
    private(set) var exceptions: [(when: WeeklyWindows.Occasion, weekday: Weekday, windows: [LocatedWindow])] = []
    /// The plain days with the word closed.
    private(set) var closed: [(day: Weekday, position: SourcePosition)] = []

    /// Adds windows; those of several keys add up.
    mutating func add(
        _ windows: [LocatedWindow], isClosed: Bool, on key: WeekKeyText.Key, at position: SourcePosition
    ) {
        let days = key.days.sorted { $0.rawValue < $1.rawValue }
        guard let when = key.when else {
            for day in days { plain[day.rawValue] += windows }
            if isClosed { closed += days.map { ($0, position) } }
            return
        }
        for day in days {
            if let known = exceptions.firstIndex(where: { $0.when == when && $0.weekday == day }) {
                exceptions[known].windows += windows
            } else {
                exceptions.append((when, day, windows))
            }
        }
    }

    var windows: WeeklyWindows {
        WeeklyWindows(
            plain.map { $0.map(\.window) },
            exceptions: exceptions.map { WeeklyWindows.Exception($0.when, $0.weekday, $0.windows.map(\.window)) })
    }
}
