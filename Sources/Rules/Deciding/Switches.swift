// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The operator's overrides that are in force; one of a kind and scope at most.
package struct Switches: Equatable, Sendable {
    /// `closed` and `forcedOpen`.
    package private(set) var closures: [Override] = []
    package private(set) var greetings: [Override] = []

    package init() {}

    /// Puts an override in force; it replaces the earlier one of its kind and scope.
    package mutating func set(_ override: Override) {
        switch override.kind {
        case .closed, .forcedOpen: closures = closures.filter { $0.scope != override.scope } + [override]
        case .greeting: greetings = greetings.filter { $0.scope != override.scope } + [override]
        }
    }

    /// Takes back what closes or opens a scope.
    package mutating func clearClosure(_ scope: Scope) {
        closures.removeAll { $0.scope == scope }
    }

    /// Takes back the forced greeting of a scope.
    package mutating func clearGreeting(_ scope: Scope) {
        greetings.removeAll { $0.scope == scope }
    }

    /// Returns what closes or opens a scope.
    package func closure(_ scope: Scope) -> Override? {
        closures.first { $0.scope == scope }
    }

    /// Returns the forced greeting of a scope.
    package func greeting(_ scope: Scope) -> Override? {
        greetings.first { $0.scope == scope }
    }

    /// Returns the place of what closes or opens a line: the widest scope wins.
    func closure(for line: Line?) -> Int? {
        guard !closures.isEmpty else { return nil }
        return Self.scopes(of: line).lazy.compactMap { scope in
            closures.firstIndex { $0.scope == scope }
        }.first
    }

    /// Returns the place of the greeting that counts for a line: the narrowest wins.
    func greeting(for line: Line?) -> Int? {
        guard !greetings.isEmpty else { return nil }
        return Self.scopes(of: line).reversed().lazy.compactMap { scope in
            greetings.firstIndex { $0.scope == scope }
        }.first
    }

    /// The scopes that touch a line, the widest first.
    static func scopes(of line: Line?) -> [Scope] {
        guard let line else { return [.all] }
        guard let group = line.group else { return [.all, .line(line.number)] }
        return [.all, .group(group), .line(line.number)]
    }
}
