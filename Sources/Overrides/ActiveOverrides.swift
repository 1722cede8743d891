// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The overrides in force, sorted by what they decide; at most one of a kind and scope.
///
/// One rule holds for all scopes: any closure closes a line, and the newest override gives the text. A forced opening
/// skips the hours and lifts no closure. An expired override does not count from that moment on, whether or not it has
/// been removed by then.
package struct ActiveOverrides: Equatable, Sendable {
    /// The *closed* and *inform* overrides, the newest first.
    package private(set) var closures: [Override] = []
    /// The forced openings, the newest first.
    package private(set) var openings: [Override] = []
    /// The forced greetings, the newest first.
    package private(set) var greetings: [Override] = []
    /// Those on callers, which count before all others.
    package let callers: CallerOverrides

    package init() {
        callers = CallerOverrides()
    }

    /// Sorts overrides; of two of one kind and scope the later one counts.
    package init(_ overrides: [Override], callers: CallerOverrides = CallerOverrides()) {
        self.callers = callers
        for override in overrides { set(override) }
    }

    /// Adds an override; it replaces the one of its kind and scope.
    package mutating func set(_ override: Override) {
        closures.removeAll { override.replaces($0) }
        openings.removeAll { override.replaces($0) }
        greetings.removeAll { override.replaces($0) }
        switch override.kind {
        case .closed, .inform: Self.insert(override, into: &closures)
        case .forcedOpen: Self.insert(override, into: &openings)
        case .greeting: Self.insert(override, into: &greetings)
        }
    }

    /// The number of an override says which one is newer: an undo brings an older one back under its own number.
    private static func insert(_ override: Override, into list: inout [Override]) {
        list.insert(override, at: list.firstIndex { $0.id <= override.id } ?? list.endIndex)
    }

    /// How the closures in force close a line.
    package struct Closing: Equatable, Sendable {
        /// The newest closure, which gives the text: an index into `closures`.
        package let newest: Int
        /// The newest closure that rejects calls, if there is one.
        package let rejecting: Int?

        /// Whether calls are rejected; otherwise the assistant announces the text.
        ///
        /// One rejecting closure is enough.
        package var rejects: Bool { rejecting != nil }
    }

    /// Returns how a line is closed; `nil` if no closure covers it.
    ///
    /// A number of no line is covered by `all` only.
    package func closing(of number: PhoneNumber?, group: String?, at now: Instant) -> Closing? {
        var newest: Int?
        for (index, closure) in closures.enumerated()
        where closure.scope.covers(number, group: group) && closure.isInForce(at: now) {
            if closure.kind.rejects { return Closing(newest: newest ?? index, rejecting: index) }
            newest = newest ?? index
        }
        return newest.map { Closing(newest: $0, rejecting: nil) }
    }

    /// Whether an operator makes a line skip its hours, closed or not.
    package func skipsHours(of number: PhoneNumber?, group: String?, at now: Instant) -> Bool {
        openings.contains { $0.scope.covers(number, group: group) && $0.isInForce(at: now) }
    }

    /// Returns the index of the greeting that counts for a line: the newest one.
    package func greeting(of number: PhoneNumber?, group: String?, at now: Instant) -> Int? {
        greetings.firstIndex { $0.scope.covers(number, group: group) && $0.isInForce(at: now) }
    }

    /// The closures of wider scopes, which close this one too; the newest first.
    package func closures(widerThan scope: Scope, among lines: some Sequence<some ScopedLine>) -> [Override] {
        let wider = lines.wider(than: scope)
        return closures.filter { wider.contains($0.scope) }
    }

    /// The override that closes or opens a scope itself.
    package func closure(of scope: Scope, at now: Instant) -> Override? {
        (closures + openings).first { $0.scope == scope && $0.isInForce(at: now) }
    }
}

extension ActiveOverrides {
    /// How a line is closed; `nil` if no closure covers it.
    package func closing(of line: some ScopedLine, at now: Instant) -> Closing? {
        closing(of: line.number, group: line.group, at: now)
    }

    /// The closure that gives the text on a line, if one closes it.
    package func speaker(on line: some ScopedLine, at now: Instant) -> Override? {
        closing(of: line, at: now).map { closures[$0.newest] }
    }

    /// The greeting that counts for a line.
    package func greeting(on line: some ScopedLine, at now: Instant) -> Override? {
        greeting(of: line.number, group: line.group, at: now).map { greetings[$0] }
    }
}
