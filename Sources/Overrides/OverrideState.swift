// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What the desk must not forget: the overrides in force, what can be taken back, and how far its numbers have come.
package struct OverrideState: Hashable, Sendable {
    /// In the order in which they were set; one closure and one greeting a scope at most.
    package private(set) var overrides: [Override]
    /// The newest changes, the newest last; those that were taken back are gone from it.
    package private(set) var changes: [UndoableChange]
    /// The number of the next override.
    package private(set) var nextID: Int
    /// How many lines the audit has.
    package private(set) var auditLines: Int

    /// How many changes can be taken back.
    package static let mostChanges = 100

    /// A desk at which nobody has done anything.
    package init() {
        self.init(overrides: [], changes: [], nextID: 1, auditLines: 0)
    }

    package init(overrides: [Override], changes: [UndoableChange], nextID: Int, auditLines: Int) {
        self.overrides = overrides
        self.changes = changes
        self.nextID = nextID
        self.auditLines = auditLines
    }

    /// The change that `undo` would take back.
    package func undoable(at now: Instant) -> UndoableChange? {
        changes.last { change in
            change.begun.contains { overrides.contains($0) } || change.ended.contains { canReturn($0, at: now) }
        }
    }

    /// Whether an override that ended may be put back: its time is not over, and nothing newer holds its place.
    ///
    /// What the same change began in its place does not count, since that goes first.
    private func canReturn(_ override: Override, at now: Instant) -> Bool {
        override.isInForce(at: now) && !overrides.contains { $0.replaces(override) }
    }
}

extension OverrideState {
    /// Puts an override in force and returns those that it replaces.
    mutating func begin(_ override: Override) -> [Override] {
        let replaced = overrides.filter { override.replaces($0) }
        overrides = overrides.filter { !override.replaces($0) } + [override]
        return replaced
    }

    mutating func end(_ override: Override) {
        overrides.removeAll { $0.id == override.id }
    }

    /// Returns a number for an override.
    mutating func takeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    /// Returns the number of the next line of the audit.
    mutating func takeAuditLine() -> Int {
        defer { auditLines += 1 }
        return auditLines + 1
    }

    mutating func remember(_ change: UndoableChange) {
        changes = (changes + [change]).suffix(Self.mostChanges)
    }

    mutating func forget(_ change: UndoableChange) {
        guard let place = changes.lastIndex(of: change) else { return }
        // Newer changes had nothing left to take back.
        changes.removeSubrange(place...)
    }
}

extension Override {
    /// Whether it takes the place of another one: one closure and one greeting count in a scope.
    func replaces(_ other: Override) -> Bool {
        scope == other.scope && kind.isClosure == other.kind.isClosure
    }
}
