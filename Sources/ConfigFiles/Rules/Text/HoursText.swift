// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// Reads `09:00-17:30`.
enum WindowText {
    /// A window, or what is wrong with the text.
    enum Reading: Equatable {
        case window(MinuteWindow)
        case problem(String)
    }

    static func read(_ text: String) -> Reading {
        let ends = text.split(omittingEmptySubsequences: false, whereSeparator: isDash).map { trimmed($0) }
        guard ends.count == 2 else { return shape(text) }
        switch (clock(ends[0]), clock(ends[1])) {
        case (.problem(let problem), _), (_, .problem(let problem)): return .problem(problem)
        case (.minute(1440), _): return .problem("24:00 can only end a window; write 00:00")
        case (.minute(let start), .minute(let end)): return .window(MinuteWindow(start: start, end: end))
        case (.noClock, _), (_, .noClock): return shape(text)
        }
    }

    /// Whether the text looks like a window rather than a name.
    static func looksLikeWindow(_ text: String) -> Bool {
        text.contains(":") || text.first?.isNumber == true && text.contains(where: isDash)
    }

    /// Whether a character is a hyphen, or a dash that a word processor made of one.
    private static func isDash(_ character: Character) -> Bool {
        "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}".contains(character)
    }

    private enum Clock {
        case minute(Int)
        case problem(String)
        case noClock
    }

    private static func shape(_ text: String) -> Reading {
        .problem(
            "invalid window `\(text.prefix(40))`; "
                + (meant(text).map { "write \"\($0)\"" } ?? "expected two times with a hyphen, such as \"09:00-17:30\"")
        )
    }

    /// What was probably meant by `9-17`, `09.00-17.00`, `9am-5:30pm` or `0900-1700`.
    private static func meant(_ text: String) -> String? {
        let words = text.lowercased().replacing(" to ", with: "-")
        let ends = words.split(omittingEmptySubsequences: false, whereSeparator: isDash).map { minute(written: $0) }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < 1440 else { return nil }
        return [start, end].map { padded($0 / 60, to: 2) + ":" + padded($0 % 60, to: 2) }.joined(separator: "-")
    }

    /// Reads a time as it is written elsewhere, in minutes since midnight.
    private static func minute(written text: Substring) -> Int? {
        var text = text.filter { $0 != " " }
        let half = ["am", "pm"].first { text.hasSuffix($0) }
        text.removeLast(half == nil ? 0 : 2)
        var parts = text.split(omittingEmptySubsequences: false) { ":.h".contains($0) }.map(String.init)
        if parts.last?.isEmpty == true { parts.removeLast() }
        if parts.count == 1, parts[0].count == 4 { parts = [String(parts[0].prefix(2)), String(parts[0].suffix(2))] }
        guard (1...3).contains(parts.count),
            parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isWholeNumber } }),
            var hour = Int(parts[0]), let minute = parts.count > 1 ? Int(parts[1]) : 0, minute < 60
        else { return nil }
        if let half {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "pm" ? 12 : 0)
        }
        return hour < 24 || hour == 24 && minute == 0 ? hour * 60 + minute : nil
    }

    private static func clock(_ text: Substring) -> Clock {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isWholeNumber } }),
            let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return .noClock }
        if hour > 24 || hour == 24 && minute > 0 {
            let what = hour > 24 ? "hour \(hour)" : "\(text)"
            return .problem("\(what) does not exist; hours run from 00:00 to 24:00")
        }
        return minute < 60
            ? .minute(hour * 60 + minute) : .problem("minute \(minute) does not exist; minutes run from 00 to 59")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// Reads days of the week such as `mon`, `mon-fri`, `fri-mon` or `mon,wed`.
enum DayText {
    /// What was probably meant by a word for several days.
    static func meant(_ text: String) -> String? {
        switch Suggestion.folded(text) {
        case "weekday", "weekdays", "workday", "workdays", "businessdays", "mofr", "mafr", "monfri": "mon-fri"
        case "weekend", "weekends": "sat,sun"
        case "daily", "everyday", "always", "all", "alldays", "montosun": "mon-sun"
        default: nil
        }
    }

    /// Returns the days, or `nil` when a part is not a day.
    static func read(_ text: String) -> Set<Weekday>? {
        var days: Set<Weekday> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { day($0) }
            guard let first = ends.first, let from = first, let last = ends.last, let to = last, ends.count <= 2 else {
                return nil
            }
            // A range may run over the end of the week.
            let span = (to.rawValue - from.rawValue + 7) % 7
            days.formUnion((0...span).compactMap { Weekday(rawValue: (from.rawValue + $0) % 7) })
        }
        return days
    }

    /// Reads one day by its short or its full English name.
    static func weekday(_ text: some StringProtocol) -> Weekday? {
        let name = text.lowercased()
        return Weekday.allCases.first { $0.shortName == name || "\($0)" == name }
    }

    private static func day(_ text: Substring) -> Weekday? {
        weekday(text.filter { $0 != " " })
    }
}
