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
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { trimmed($0) }
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
        text.contains(":") || text.first?.isNumber == true && text.contains("-")
    }

    private enum Clock {
        case minute(Int)
        case problem(String)
        case noClock
    }

    private static func shape(_ text: String) -> Reading {
        .problem("invalid window `\(text.prefix(40))`; expected two times with a hyphen, such as \"09:00-17:30\"")
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
        let name = text.filter { $0 != " " }.lowercased()
        return Weekday.allCases.first { $0.shortName == name }
    }
}
