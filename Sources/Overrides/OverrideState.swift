// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What survives a restart: the overrides in force, the changes that can be undone, and the counters.
package struct OverrideState: Hashable, Sendable {
    /// In the order in which they were set; at most one closure and one greeting a scope.
    package private(set) var overrides: [Override]
    /// The overrides on callers.
    package private(set) var callers: CallerOverrides
    /// The newest changes, the newest last; undone ones are removed.
    package private(set) var changes: [UndoableChange]
    /// The number of the next override.
    package private(set) var nextID: Int
    /// How many lines the audit has.
    package private(set) var auditLines: Int

    /// How many changes can be undone.
    package static let mostChanges = 100

    /// A state without any change.
    package init() {
        self.init(overrides: [], changes: [], nextID: 1, auditLines: 0)
    }

    package init(
        overrides: [Override], changes: [UndoableChange], callers: CallerOverrides = CallerOverrides(), nextID: Int,
        auditLines: Int
    ) {
        self.overrides = overrides
        self.callers = callers
        self.changes = changes
        self.nextID = nextID
        self.auditLines = auditLines
    }

    /// The change that `undo` reverts.
    package func undoable(at now: Instant) -> UndoableChange? {
        changes.last { change in
            change.begun.contains { overrides.contains($0) } || change.ended.contains { canReturn($0, at: now) }
                || !undoing(change.callers, at: now).isEmpty
        }
    }

    /// What undoing a change does: it ends what the change began, and brings back what that replaced or removed.
    package func undoing(_ change: UndoableChange, at now: Instant) -> ServerStatus.Undo.Effect {
        let ended = change.begun.filter(overrides.contains)
        var left = overrides.filter { !ended.contains($0) }
        var restored: [Override] = []
        for override in change.ended where override.isInForce(at: now) {
            guard !left.contains(where: { $0.replaces(override) }) else { continue }
            left.append(override)
            restored.append(override)
        }
        return ServerStatus.Undo.Effect(
            ended: ended, restored: restored, callers: undoing(change.callers, at: now))
    }

    /// Whether an override that ended may be put back: it has not expired, and nothing newer has its place.
    ///
    /// An override that the same change began does not count, since undoing ends it first.
    private func canReturn(_ override: Override, at now: Instant) -> Bool {
        override.isInForce(at: now) && !overrides.contains { $0.replaces(override) }
    }
}

extension OverrideState {
    /// Puts an override in force and returns those that it replaces.
    mutating func begin(_ override: Override) -> [Override] {
        let replaced = overrides.filter { override.replaces($0) }
        overrides.removeAll { override.replaces($0) }
        // One that an undo brings back was set before those that came after it.
        overrides.insert(override, at: overrides.firstIndex { $0.id > override.id } ?? overrides.endIndex)
        return replaced
    }

    mutating func end(_ override: Override) {
        overrides.removeAll { $0.id == override.id }
    }

    /// Puts an override on a caller in force and returns the one that it replaces.
    mutating func begin(_ override: CallerOverride) -> CallerOverride? { callers.begin(override) }

    mutating func end(_ override: CallerOverride) { callers.end(override) }

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
        // Newer changes had nothing left to undo.
        changes.removeSubrange(place...)
    }
}

extension Override {
    /// Whether it replaces another one: a scope has one closure and one greeting.
    func replaces(_ other: Override) -> Bool {
        scope == other.scope && kind.isClosure == other.kind.isClosure
    }
}

/// One thing that an operator did, with all that undoing it needs.
package struct UndoableChange: Hashable, Sendable {
    package let at: Instant
    package let who: Operator
    /// What was done, such as `closed group amsterdam`.
    package let words: String
    package let begun: [Override]
    package let ended: [Override]
    /// What it did to callers.
    package let callers: CallerChanges

    package init(
        at: Instant, who: Operator, words: String, begun: [Override], ended: [Override],
        callers: CallerChanges = .none
    ) {
        self.at = at
        self.who = who
        self.words = words
        self.begun = begun
        self.ended = ended
        self.callers = callers
    }

    /// The scopes that it changed, each once.
    package var scopes: [Scope] { (begun + ended).map(\.scope).eachOnce }
}
