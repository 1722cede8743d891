// SPDX-License-Identifier: Apache-2.0

import Rules

/// Reads `09:00-17:30`.
enum WindowText {
    /// What the text gave: a window, or what is wrong with it.
    enum Reading: Equatable {
        case window(MinuteWindow)
        case problem(String)
    }

    static func read(_ text: String) -> Reading {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { trimmed($0) }
        guard ends.count == 2 else { return shape(text) }
        switch (clock(ends[0]), clock(ends[1])) {
        case (.problem(let problem), _), (_, .problem(let problem)): return .problem(problem)
        case (.minute(1440), _): return .problem("24:00 can only end a window; a day begins at 00:00")
        case (.minute(let start), .minute(let end)): return .window(MinuteWindow(start: start, end: end))
        case (.noClock, _), (_, .noClock): return shape(text)
        }
    }

    /// Whether the text is meant as a window rather than as a name.
    static func looksLikeWindow(_ text: String) -> Bool {
        text.contains(":") || text.first?.isNumber == true && text.contains("-")
    }

    private enum Clock {
        case minute(Int)
        case problem(String)
        case noClock
    }

    private static func shape(_ text: String) -> Reading {
        .problem("`\(text.prefix(40))` is no window; write two times with a hyphen, such as \"09:00-17:30\"")
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
