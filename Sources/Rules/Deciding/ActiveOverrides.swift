// SPDX-License-Identifier: Apache-2.0

package import Overrides
import Calls

/// The operator's overrides, sorted by what they decide; one of a kind and scope at most.
///
/// One whose time is over counts no more from that moment on, whether or not somebody has taken it out by then.
package struct ActiveOverrides: Equatable, Sendable {
    /// Those that decide whether a line is open.
    package private(set) var closures: [Override] = []
    package private(set) var greetings: [Override] = []

    package init() {}

    /// Sorts overrides that were set in this order; a later one replaces an earlier one of its kind and scope.
    package init(_ overrides: [Override]) {
        for override in overrides { set(override) }
    }

    /// Puts an override in force; it replaces the earlier one of its kind and scope.
    package mutating func set(_ override: Override) {
        if override.kind.isClosure {
            closures = closures.filter { $0.scope != override.scope } + [override]
        } else {
            greetings = greetings.filter { $0.scope != override.scope } + [override]
        }
    }

    /// Returns the place of what closes or opens a line: the widest scope wins.
    func closure(for line: PhoneLine?, at now: Instant) -> Int? {
        guard !closures.isEmpty else { return nil }
        return Self.scopes(of: line).lazy.compactMap { closure(of: $0, at: now) }.first
    }

    /// Returns the place of what closes or opens a scope.
    func closure(of scope: Scope, at now: Instant) -> Int? {
        closures.firstIndex { $0.scope == scope && $0.isInForce(at: now) }
    }

    /// Returns the place of the greeting that counts for a line: the narrowest wins.
    func greeting(for line: PhoneLine?, at now: Instant) -> Int? {
        guard !greetings.isEmpty else { return nil }
        return Self.scopes(of: line).reversed().lazy.compactMap { scope in
            greetings.firstIndex { $0.scope == scope && $0.isInForce(at: now) }
        }.first
    }

    /// The scopes that touch a line, the widest first.
    static func scopes(of line: PhoneLine?) -> [Scope] {
        guard let line else { return [.all] }
        guard let group = line.group else { return [.all, .line(line.number)] }
        return [.all, .group(group), .line(line.number)]
    }
}
