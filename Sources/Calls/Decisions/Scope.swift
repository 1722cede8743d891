// SPDX-License-Identifier: Apache-2.0

/// The lines that an operator's override covers.
package enum Scope: Hashable, Sendable {
    case all
    case group(String)
    case line(PhoneNumber)
}

extension Scope: CustomStringConvertible {
    package var description: String {
        switch self {
        case .all: "all"
        case .group(let name): "group \(name)"
        case .line(let number): "line \(number)"
        }
    }
}

extension Scope {
    /// The scopes that cover a line, the widest first.
    package static func covering(_ number: PhoneNumber, group: String?) -> [Scope] {
        guard let group else { return [.all, .line(number)] }
        return [.all, .group(group), .line(number)]
    }
}

extension Scope {
    /// Whether an override of this scope applies to a line; `nil` is a number of no line.
    package func covers(_ number: PhoneNumber?, group: String?) -> Bool {
        switch self {
        case .all: true
        case .group(let name): group == name
        case .line(let own): number == own
        }
    }

    /// Whether an override of this scope applies to a line.
    package func covers(_ line: some ScopedLine) -> Bool { covers(line.number, group: line.group) }
}

extension Array where Element: Hashable {
    /// The elements in their order, each once.
    package var eachOnce: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

/// A line as far as scopes are concerned.
package protocol ScopedLine {
    var number: PhoneNumber { get }
    var group: String? { get }
}

/// What scopes cover depends on the lines of the rules file.
extension Sequence where Element: ScopedLine {
    /// The groups of the lines, in the order of the lines.
    package var groups: [String] {
        reduce(into: []) { groups, line in
            if let group = line.group, !groups.contains(group) { groups.append(group) }
        }
    }

    /// The lines that a scope covers.
    package func lines(in scope: Scope) -> [Element] {
        switch scope {
        case .all: Array(self)
        case .group(let name): filter { $0.group == name }
        case .line(let number): filter { $0.number == number }
        }
    }

    /// Whether a scope lies within another one, or is the same.
    package func contains(_ inner: Scope, in outer: Scope) -> Bool {
        inner == outer || wider(than: inner).contains(outer)
    }

    /// The scopes that are wider than one, the widest first.
    package func wider(than scope: Scope) -> [Scope] {
        switch scope {
        case .all: []
        case .group: [.all]
        case .line(let number):
            Scope.covering(number, group: first { $0.number == number }?.group).dropLast()
        }
    }
}

extension [String] {
    /// The words with commas between them, and `and` before the last.
    package var formattedList: String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
