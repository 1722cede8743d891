// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What the desk has to know of the rules file to carry an order out.
package struct LineDirectory: Sendable {
    package let lines: [Entry]

    /// A line, as far as the desk cares.
    package struct Entry: Hashable, Sendable {
        package let number: PhoneNumber
        package let group: String?
        /// When its hours next open or close it.
        package let nextChange: Instant?

        package init(number: PhoneNumber, group: String?, nextChange: Instant?) {
            self.number = number
            self.group = group
            self.nextChange = nextChange
        }
    }

    package init(lines: [Entry]) {
        self.lines = lines
    }

    /// The groups, in the order of the rules file.
    var groups: [String] {
        lines.reduce(into: []) { groups, line in
            if let group = line.group, !groups.contains(group) { groups.append(group) }
        }
    }

    func lines(in scope: Scope) -> [Entry] {
        switch scope {
        case .all: lines
        case .group(let name): lines.filter { $0.group == name }
        case .line(let number): lines.filter { $0.number == number }
        }
    }

    /// Whether a scope lies within another one, or is the same.
    func contains(_ inner: Scope, in outer: Scope) -> Bool {
        if inner == outer || outer == .all { return true }
        guard case .group(let group) = outer, case .line(let number) = inner else { return false }
        return lines.contains { $0.number == number && $0.group == group }
    }

    /// The scopes that are wider than one, the widest first.
    func wider(than scope: Scope) -> [Scope] {
        switch scope {
        case .all: return []
        case .group: return [.all]
        case .line(let number):
            let group = lines.first { $0.number == number }?.group
            return [.all] + (group.map { [.group($0)] } ?? [])
        }
    }
}
