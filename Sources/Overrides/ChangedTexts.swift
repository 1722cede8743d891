// SPDX-License-Identifier: Apache-2.0

package import Calls

// Texts in which a number can be forgotten.

extension Override {
    /// The override with its texts changed.
    package func mapTexts(_ change: (String) -> String) -> Override {
        let kind: Kind =
            switch kind {
            case .closed(let text): .closed(says: change(text))
            case .inform(let text): .inform(says: change(text))
            case .forcedOpen: .forcedOpen
            case .greeting(let text): .greeting(change(text))
            }
        return Override(
            id: id, kind: kind, scope: scope, reason: change(reason), who: who, since: since, until: until)
    }
}

extension OverrideState {
    /// The state with the texts of people changed; what is in force stays.
    package func mapTexts(_ change: (String) -> String) -> OverrideState {
        OverrideState(
            overrides: overrides.map { $0.mapTexts(change) },
            changes: changes.map { old in
                UndoableChange(
                    at: old.at, who: old.who, words: change(old.words), begun: old.begun.map { $0.mapTexts(change) },
                    ended: old.ended.map { $0.mapTexts(change) }, callers: old.callers.mapTexts(change))
            },
            callers: CallerOverrides(callers.all.map { $0.mapTexts(change) }), nextID: nextID, auditLines: auditLines)
    }
}

extension AuditEntry {
    /// What is left of a note on a call whose number was forgotten.
    package static let forgottenNote = "(forgotten)"

    /// The line without a number, and without what was written on its calls.
    package func without(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) -> AuditEntry {
        let entry = mapTexts(forgotten.removed(from:))
        guard case .remark(let change, let call) = entry.content else { return entry }
        let cleaned = CallID(forgotten.removed(from: call.text))
        let left =
            switch change {
            case .note where calls.contains(call) || calls.contains(cleaned): RemarkChange.note(Self.forgottenNote)
            case .rewriteNote(.some) where calls.contains(call) || calls.contains(cleaned):
                RemarkChange.rewriteNote(Self.forgottenNote)
            case .mark, .unmark, .note, .rewriteNote, .removeNotes: change
            }
        return AuditEntry(number: number, at: at, who: who, content: .remark(left, on: cleaned))
    }

    /// The line with the texts of people changed.
    package func mapTexts(_ change: (String) -> String) -> AuditEntry {
        let content: Content =
            switch content {
            case .change(let event, let override, let old):
                .change(event, override.mapTexts(change), old: old.map(change))
            case .caller(let event, let override, let old):
                without(override, event, old, change)
            case .forgottenCaller(let event, let kind, let name):
                .forgottenCaller(event, kind.mapTexts(change), name: change(name))
            case .note(let text): .note(change(text))
            case .remark(.note(let text), let call): .remark(.note(change(text)), on: call)
            case .remark(.rewriteNote(let text), let call): .remark(.rewriteNote(text.map(change)), on: call)
            case .remark: content
            }
        return AuditEntry(number: number, at: at, who: who, content: content)
    }

    /// What is left of an override on a caller: without the number, neither who it was nor why.
    private func without(
        _ override: CallerOverride, _ event: Event, _ old: String?, _ change: (String) -> String
    ) -> Content {
        let (caller, changed) = (override.caller.description, override.mapTexts(change))
        let name = change(caller)
        guard name == caller else { return .forgottenCaller(event, changed.kind, name: name) }
        return .caller(event, changed, old: old.map(change))
    }
}
