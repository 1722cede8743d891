// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

extension ServerStatus {
    /// Every scope that an override can have: all lines, each group, each line.
    var scopes: [Scope] {
        guard lines.count > 1 else { return [.all] }
        return [.all] + groups.map(Scope.group) + lines.map { .line($0.number) }
    }

    /// Whether the rules file has the line or group; all lines are there without any.
    func has(_ scope: Scope) -> Bool { scope == .all || !lines(in: scope).isEmpty }

    /// The overrides of a scope and of the scopes within it, in the order in which they were set.
    func overrides(within outer: Scope) -> [Override] {
        overrides.filter { lines.contains($0.scope, in: outer) }
    }

    /// The closures of wider scopes, which keep this one closed; the newest first.
    func closures(over scope: Scope) -> [Override] {
        ActiveOverrides(overrides).closures(widerThan: scope, among: lines)
    }
}

extension ServerStatus {
    /// The overrides, widest first: by scope, closures before greetings, by number of lines, newest first.
    var byImportance: [Override] {
        overrides.enumerated().map { (place: $0.offset, override: $0.element, rank: rank($0.element)) }
            .sorted { $0.rank == $1.rank ? $0.place > $1.place : $0.rank.lexicographicallyPrecedes($1.rank) }
            .map(\.override)
    }

    /// The overrides that apply to a line, the widest first.
    func overrides(on line: LineStatus) -> [Override] {
        byImportance.filter { $0.scope.covers(line) }
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

extension ServerStatus {
    /// The server's words with the names of lines in place of their numbers: `closed line Front desk`.
    ///
    /// What is in quotes is somebody's text and stays as it was written.
    func naming(_ words: String) -> String {
        guard words.contains("line +") else { return words }
        let parts = words.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { place, part in
            place.isMultiple(of: 2) ? withNames(part) : String(part)
        }
        return parts.joined(separator: "\"")
    }

    private func withNames(_ words: Substring) -> String {
        String(
            words.replacing(/line (\+[0-9]+)/) { match in
                let line = lines.first { $0.number.description == match.output.1 }
                return line.map { "line \($0.shownName)" } ?? String(match.output.0)
            })
    }
}

extension DashboardState {
    /// The server's words with the names of lines in place of their numbers, as far as they are known.
    func named(_ words: String) -> String { status?.naming(words) ?? words }
}

extension Text {
    /// A scope in words: `all lines`, `group amsterdam`, `line Front desk`.
    static func scope(_ scope: Scope, in status: ServerStatus) -> String {
        switch scope {
        case .all: "all lines"
        case .group(let name): "group \(name)"
        case .line(let number): "line \(line(number, in: status))"
        }
    }

    /// The name of a line, or its number where it has none.
    static func line(_ number: PhoneNumber, in status: ServerStatus) -> String {
        status.lines.first { $0.number == number }.map(name) ?? number.description
    }

    static func name(_ line: LineStatus) -> String { line.shownName }

    /// The lines of a scope, by count or name: `all 4 lines`, `both lines`, `2 lines`, `Front desk`.
    static func lines(_ scope: Scope, in status: ServerStatus) -> String {
        let lines = status.lines(in: scope)
        guard let only = lines.first else { return "every number" }
        guard lines.count > 1 else { return name(only) }
        guard scope == .all else { return count(lines.count, "line") }
        return lines.count == 2 ? "both lines" : "all \(count(lines.count, "line"))"
    }

    /// The lines of a scope, by count and by name.
    static func lineNames(_ scope: Scope, in status: ServerStatus) -> String {
        let lines = status.lines(in: scope)
        guard !lines.isEmpty else { return "The rules file has no lines: this applies to every number." }
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
