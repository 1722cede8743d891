// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// The all-day events of an iCalendar file (RFC 5545), as dates.
struct ICalendar {
    private(set) var days: [DatePattern] = []
    /// Those of events that do not repeat.
    private(set) var singles: [DateSpan] = []
    private(set) var problems: [Problem] = []

    /// An event that is not used.
    struct Problem: Equatable {
        /// Where the event begins.
        let line: Int
        let message: String
    }

    /// The most dates and yearly dates of a file.
    static let mostDays = 20_000

    /// Reads a file; `nil` for one that is not a calendar.
    init?(_ bytes: [UInt8]) {
        let lines = ICalendarLine.lines(of: bytes)
        guard lines.first(where: { !$0.isEmpty })?.isBegin(of: "VCALENDAR") == true else { return nil }
        var components: [String] = []
        var event: ICalendarEvent?
        for line in lines {
            switch line.name {
            case "BEGIN":
                components.append(line.value.uppercased())
                // An event inside an event is not one.
                if components.last == "VEVENT", event == nil { event = ICalendarEvent(line: line.number) }
            case "END":
                if line.value.uppercased() == "VEVENT", let ended = event {
                    add(ended)
                    event = nil
                }
                if let place = components.lastIndex(of: line.value.uppercased()) {
                    components.removeSubrange(place...)
                }
            default:
                // Alarms inside an event have properties of the same names.
                if components.last == "VEVENT" { event?.take(line) }
            }
        }
        if let event { problems.append(Problem(line: event.line, message: "the file ends inside \(event.name)")) }
    }

    private mutating func add(_ event: ICalendarEvent) {
        do throws(ICalendarEvent.Unusable) {
            let found = try event.days(atMost: Self.mostDays - days.count)
            days += found
            if !event.repeats {
                singles += found.compactMap { if case .span(let span) = $0 { span } else { nil } }
            }
        } catch {
            problems.append(Problem(line: event.line, message: "\(event.name) \(error.reason)"))
        }
    }
}

/// A content line: a name, parameters and a value, unfolded.
struct ICalendarLine {
    /// The line of the file on which it begins.
    let number: Int
    /// In upper case.
    let name: String
    /// By name in upper case.
    let parameters: [String: String]
    let value: String

    var isEmpty: Bool { name.isEmpty && value.isEmpty }

    func isBegin(of component: String) -> Bool { name == "BEGIN" && value.uppercased() == component }

    /// Splits a file into content lines; a line that begins with a space or a tab continues the one before.
    static func lines(of bytes: [UInt8]) -> [ICalendarLine] {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        var lines: [ICalendarLine] = []
        var current: (number: Int, bytes: [UInt8])?
        func finish() {
            guard let current else { return }
            lines.append(ICalendarLine(number: current.number, String(decoding: current.bytes, as: UTF8.self)))
        }
        for (index, raw) in rest.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = raw.last == 0x0D ? raw.dropLast() : raw
            if let first = line.first, first == 0x20 || first == 0x09, current != nil {
                current?.bytes.append(contentsOf: line.dropFirst())
            } else {
                finish()
                current = (index + 1, Array(line))
            }
        }
        finish()
        return lines
    }

    private init(number: Int, _ text: String) {
        self.number = number
        var fields: [String] = [""]
        var isQuoted = false
        var end = text.endIndex
        for index in text.indices {
            let character = text[index]
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ":", !isQuoted {
                end = index
                break
            } else if character == ";", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        guard end < text.endIndex else {
            (name, parameters, value) = ("", [:], text.trimmed.isEmpty ? "" : text)
            return
        }
        name = fields[0].trimmed.uppercased()
        var parameters: [String: String] = [:]
        for field in fields.dropFirst() {
            let parts = field.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { parameters[parts[0].uppercased()] = parts[1].uppercased() }
        }
        self.parameters = parameters
        value = String(text[text.index(after: end)...].trimmed)
    }

    /// The value as text: backslashes escape commas, semicolons, line ends and themselves.
    var text: String {
        var text = ""
        var isEscaped = false
        for character in value {
            if isEscaped {
                text.append(character == "n" || character == "N" ? " " : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }

    /// The date of a value without a time; `nil` for anything else.
    var date: CivilDate? { Self.date(value[...]) }

    /// Whether it has a time of the day.
    var isTimed: Bool { value.contains("T") && parameters["VALUE"] != "DATE" }

    /// Reads `20261225`.
    static func date(_ text: Substring) -> CivilDate? {
        guard text.utf8.count == 8, text.allSatisfy(\.isDigit), let year = Int(text.prefix(4)),
            let month = Int(text.dropFirst(4).prefix(2)), let day = Int(text.suffix(2))
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}
