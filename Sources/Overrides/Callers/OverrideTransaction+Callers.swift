// SPDX-License-Identifier: Apache-2.0

package import Calls

extension OverrideTransaction {
    mutating func begin(
        _ kind: CallerOverride.Kind, callers named: [PhoneNumber], reason: String, until: Until
    ) throws(OverrideError) {
        let callers = named.eachOnce
        guard !callers.isEmpty else { throw .noCaller }
        try check(text: kind.text)
        try check(reason: reason)
        guard until != .nextChange else { throw .callersHaveNoHours }
        let end = try moment(of: until, [])
        let added = callers.count { state.callers[$0] == nil }
        guard state.callers.count + added <= CallerOverrides.most else {
            throw .tooManyCallers(limit: CallerOverrides.most)
        }
        var begun: [CallerOverride] = []
        var ended: [CallerOverride] = []
        for caller in callers {
            let override = CallerOverride(
                id: state.takeID(), kind: kind, caller: caller, reason: reason, who: who, since: now, until: end)
            let replaced = state.begin(override)
            if let replaced {
                note(.replaced, replaced)
                ended.append(replaced)
            }
            note(.begun, override, old: replaced?.heard)
            begun.append(override)
        }
        warn(ofText: kind.text)
        finish("\(kind.word) \(callers.asCallers)", CallerChanges(begun: begun, ended: ended))
    }

    mutating func clear(callers named: [PhoneNumber]) throws(OverrideError) {
        let callers = named.eachOnce
        guard !callers.isEmpty else { throw .noCaller }
        let ended = callers.compactMap { state.callers[$0] }
        guard !ended.isEmpty else { throw .nothingOnCallers(callers) }
        end(ended)
        finish("removed \(ended.map(\.words).shortList)", CallerChanges(begun: [], ended: ended))
    }

    mutating func end(_ override: CallerOverride) {
        end([override])
        finish("ended \(override.words)", CallerChanges(begun: [], ended: [override]))
    }

    /// Undoes what a change did to callers; returns what that ended and brought back.
    mutating func undo(_ changes: CallerChanges) {
        for override in changes.ended {
            state.end(override)
            note(.undone, override)
        }
        for override in changes.begun {
            _ = state.begin(override)
            note(.restored, override)
        }
    }

    private mutating func end(_ overrides: [CallerOverride]) {
        for override in overrides {
            state.end(override)
            note(.takenBack, override)
        }
    }
}

extension OverrideState {
    /// What undoing does to callers: it ends what the change began, and brings back what that replaced or removed.
    func undoing(_ changes: CallerChanges, at now: Instant) -> CallerChanges {
        let ended = changes.begun.filter(callers.contains)
        var left = callers
        for override in ended { left.end(override) }
        let restored = changes.ended.filter { $0.isInForce(at: now) && left[$0.caller] == nil }
        return CallerChanges(begun: restored, ended: ended)
    }

    /// The state without overrides on a caller.
    package func removing(caller: PhoneNumber) -> OverrideState {
        func without(_ overrides: [CallerOverride]) -> [CallerOverride] { overrides.filter { $0.caller != caller } }
        return OverrideState(
            overrides: overrides,
            changes: changes.map { change in
                UndoableChange(
                    at: change.at, who: change.who, words: change.words, begun: change.begun, ended: change.ended,
                    callers: CallerChanges(begun: without(change.callers.begun), ended: without(change.callers.ended)))
            },
            callers: CallerOverrides(without(callers.all)), nextID: nextID, auditLines: auditLines)
    }

    /// All of it, sorted by what it decides.
    package var active: ActiveOverrides { ActiveOverrides(overrides, callers: callers) }
}

extension CallerOverride {
    /// The override with its texts changed.
    func mapTexts(_ change: (String) -> String) -> CallerOverride {
        CallerOverride(
            id: id, kind: kind.mapTexts(change), caller: caller, reason: change(reason), who: who, since: since,
            until: until)
    }
}

extension CallerOverride.Kind {
    func mapTexts(_ change: (String) -> String) -> CallerOverride.Kind {
        switch self {
        case .blocked(let text): .blocked(says: change(text))
        case .allowed: .allowed
        }
    }
}

extension CallerChanges {
    func mapTexts(_ change: (String) -> String) -> CallerChanges {
        CallerChanges(begun: begun.map { $0.mapTexts(change) }, ended: ended.map { $0.mapTexts(change) })
    }
}

extension Sequence<AuditEntry> {
    /// The overrides on callers that these lines leave in force at a moment.
    package func callersInForce(at now: Instant) -> CallerOverrides {
        CallerOverrides(CallerOverrides().applying(self).all.filter { $0.isInForce(at: now) })
    }
}

extension CallerOverrides {
    /// The overrides on callers after what lines of the audit say, whether or not they have expired.
    package func applying(_ entries: some Sequence<AuditEntry>) -> CallerOverrides {
        var left = self
        for entry in entries {
            guard case .caller(let event, let override, old: _) = entry.content else { continue }
            left.end(override)
            if event.begins { _ = left.begin(override) }
        }
        return left
    }
}
