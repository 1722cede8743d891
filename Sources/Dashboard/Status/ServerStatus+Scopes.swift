// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

extension ServerStatus {
    /// Everything that an override can touch: all lines, each group, each line.
    var scopes: [Scope] {
        guard lines.count > 1 else { return [.all] }
        return [.all] + groups.map(Scope.group) + lines.map { .line($0.number) }
    }

    /// The overrides of a scope and of what lies within it, in the order in which they were set.
    func overrides(within outer: Scope) -> [Override] {
        overrides.filter { lines.contains($0.scope, in: outer) }
    }

    /// What closes all that a scope touches, and more: the widest such override, unless a wider one forces it open.
    func closure(over scope: Scope) -> Override? {
        let wider = lines.wider(than: scope).compactMap { closure(of: $0) }
        return wider.first.flatMap { $0.kind == .forcedOpen ? nil : $0 }
    }
}

extension ServerStatus {
    /// The overrides, those first that most callers feel: by scope, closures before greetings, by lines, newest first.
    var byImportance: [Override] {
        overrides.enumerated().map { (place: $0.offset, override: $0.element, rank: rank($0.element)) }
            .sorted { $0.rank == $1.rank ? $0.place > $1.place : $0.rank.lexicographicallyPrecedes($1.rank) }
            .map(\.override)
    }

    /// The overrides that touch a line, the one that decides first.
    func overrides(touching line: LineStatus) -> [Override] {
        byImportance.filter { override in
            switch override.scope {
            case .all: true
            case .group(let name): line.group == name
            case .line(let number): line.number == number
            }
        }
    }

    private func rank(_ override: Override) -> [Int] {
        let (width, lines) =
            switch override.scope {
            case .all: (0, 0)
            case .group: (1, lines(in: override.scope).count)
            case .line: (2, 1)
            }
        return [width, override.kind.isClosure ? 0 : 1, -lines]
    }
}

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
