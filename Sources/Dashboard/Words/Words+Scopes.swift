// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension Words {
    /// Which lines a switch touches: `all lines`, `group amsterdam`, `line Front desk`.
    static func scope(_ scope: Scope, in desk: ServerStatus) -> String {
        switch scope {
        case .all: "all lines"
        case .group(let name): "group \(name)"
        case .line(let number): "line \(line(number, in: desk))"
        }
    }

    /// The name of a line, or its number where it has none.
    static func line(_ number: PhoneNumber, in desk: ServerStatus) -> String {
        desk.lines.first { $0.number == number }.map(name) ?? number.description
    }

    static func name(_ line: LineStatus) -> String {
        line.name.isEmpty ? line.number.description : line.name
    }

    /// Whose callers feel it: `all 4 lines`, `both lines`, `2 lines`, `Front desk`.
    static func touched(_ scope: Scope, in desk: ServerStatus) -> String {
        let lines = desk.lines(in: scope)
        guard let only = lines.first else { return "every number" }
        guard lines.count > 1 else { return name(only) }
        guard scope == .all else { return count(lines.count, "line") }
        return lines.count == 2 ? "both lines" : "all \(count(lines.count, "line"))"
    }

    /// The lines that a switch touches, by count and by name.
    static func roll(_ scope: Scope, in desk: ServerStatus) -> String {
        let lines = desk.lines(in: scope)
        guard !lines.isEmpty else { return "There are no lines in the rules file: every number is meant." }
        let title =
            switch scope {
            case .all: lines.count == 1 ? "The only line" : "All lines (\(number(lines.count)))"
            case .group(let name): "Group \(name) (\(number(lines.count)))"
            case .line(let number): "Line \(number)"
            }
        let names = lines.prefix(8).map(name).joined(separator: ", ")
        let rest = lines.count > 8 ? " and \(number(lines.count - 8)) more" : ""
        return "\(title): \(names)\(rest)."
    }
}
