// SPDX-License-Identifier: Apache-2.0

import Calls
package import JSON
package import Overrides
package import Sharing

/// What `state.json` holds: the overrides, what can be undone, and audit entries that may not have reached their own file.
///
/// The documents on disk share no list of fields with those of the control socket, so that a change there leaves them alone.
package struct PersistedState: Hashable, Sendable {
    package let state: OverrideState
    /// The newest entries of the audit, in order; none has a greater number than `state.auditLines`.
    package let audit: [AuditEntry]
    /// Where the state comes from, on a desk of several replicas; `nil` for one that was always alone.
    package let share: KeptShare?

    /// The version of the format; what a newer one says may mean something else.
    package static let version = 1

    package init(state: OverrideState, audit: [AuditEntry], share: KeptShare? = nil) {
        self.state = state
        self.audit = audit
        self.share = share
    }

    /// The document, followed by a line break.
    package var bytes: [UInt8] { StateDocument.document(self).bytes + [0x0A] }

    /// Reads what `bytes` wrote, and checks that a server can go on with it.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        self = try StateDocument.read(bytes)
        try checkOverrides()
        try checkAudit()
    }
}

private enum StateDocument: Document {
    typealias Subject = PersistedState

    static func fields<Coder: FieldCoder<PersistedState>>(_ key: inout Coder) throws(Coder.Failure) -> PersistedState {
        _ = try key("version", .version) { _ in PersistedState.version }
        let state = try key("overrides", .inPlace(OverrideStateDocument.self), \.state)
        return PersistedState(
            state: state, audit: try key("audit", .list(AuditDocument.self), \.audit),
            share: try key("shared", .laterObject(KeptShareDocument.self), \.share))
    }
}

/// The overrides, what can be undone, and the counters.
enum OverrideStateDocument: Document {
    typealias Subject = OverrideState

    static func fields<Coder: FieldCoder<OverrideState>>(_ key: inout Coder) throws(Coder.Failure) -> OverrideState {
        let overrides = try key("overrides", .list(StoredOverride.self), \.overrides)
        let callers = try key("callers", .laterList(StoredCaller.self), \.callers.all)
        let changes = try key("changes", .list(StoredChange.self), \.changes)
        let nextID = try key("next_id", .ordinal, \.nextID)
        let auditLines = try key("audit_lines", .count, \.auditLines)
        return OverrideState(
            overrides: overrides, changes: changes, callers: CallerOverrides(callers), nextID: nextID,
            auditLines: auditLines)
    }
}

typealias StoredOverride = OverrideFields<StoredOperator>

typealias StoredCaller = CallerFields<StoredOperator>

enum StoredOperator: Document {
    typealias Subject = Operator

    static func fields<Coder: FieldCoder<Operator>>(_ key: inout Coder) throws(Coder.Failure) -> Operator {
        Operator(
            user: try key("user", .text, \.user), terminal: try key("terminal", .text, \.terminal),
            host: try key("host", .text, \.host), account: try key("uid", .account, \.account))
    }
}

private enum StoredChange: Document {
    typealias Subject = UndoableChange

    static func fields<Coder: FieldCoder<UndoableChange>>(_ key: inout Coder) throws(Coder.Failure) -> UndoableChange {
        UndoableChange(
            at: try key("at", .milliseconds, \.at), who: try key("by", .object(StoredOperator.self), \.who),
            words: try key("words", .text, \.words), begun: try key("begun", .list(StoredOverride.self), \.begun),
            ended: try key("ended", .list(StoredOverride.self), \.ended),
            callers: try key("callers", .callerChanges(StoredOperator.self), \.callers))
    }
}

/// One line of `audit.jsonl`; scripts rely on its keys.
enum AuditDocument: Document {
    typealias Subject = AuditEntry

    static func fields<Coder: FieldCoder<AuditEntry>>(_ key: inout Coder) throws(Coder.Failure) -> AuditEntry {
        AuditEntry(
            number: try key("n", .ordinal, \.number), at: try key("at", .milliseconds, \.at),
            who: try key("who", .object(StoredOperator.self), \.who),
            content: try key("event", .auditContent, \.content))
    }
}

/// What the audit says of an override that began or ended.
private enum AuditChangeDocument: Document {
    struct Subject {
        let event: AuditEntry.Event
        let override: Override
        let old: String?
    }

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        let event = try key("event", .choice, \.event)
        key.derived("kind", .text, \.override.kind.word)
        let scope = try key("scope", .scope, \.override.scope)
        let id = try key("id", .ordinal, \.override.id)
        let change = try key("old", .auditChange, Change.init)
        let reason = try key("reason", .text, \.override.reason)
        let since = try key("since", .milliseconds, \.override.since)
        let until = try key("until", .milliseconds, \.override.until)
        let setBy = try key("set_by", .object(StoredOperator.self), \.override.who)
        let override = Override(
            id: id, kind: change.kind, scope: scope, reason: reason, who: setBy, since: since, until: until)
        return Subject(event: event, override: override, old: change.old)
    }

    /// What callers heard before and hear since, as far as this override goes: for one that ended, `new` is null, whatever
    /// is in force in its place.
    fileprivate struct Change {
        let kind: Override.Kind
        let old: String?
        let written: (old: String?, new: String?)

        init(_ subject: Subject) {
            let heard = subject.override.heard
            kind = subject.override.kind
            old = subject.old
            written = subject.event.begins ? (subject.old, heard) : (heard, nil)
        }

        init(_ object: ObjectReader) throws(DocumentProblem) {
            let begins = try object.choice("event", as: AuditEntry.Event.self).begins
            kind = try Override.Kind(object, textIn: begins ? "new" : "old")
            old = begins ? try object.optionalText("old") : nil
            written = (old, nil)
        }
    }
}

/// What the audit says of an override on a caller that began or ended.
private enum AuditCallerDocument: Document {
    struct Subject {
        let event: AuditEntry.Event
        let override: CallerOverride
        let old: String?
    }

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        let event = try key("change", .choice, \.event)
        let id = try key("id", .ordinal, \.override.id)
        let kind = try key("kind", .auditCallerKind, \.override.kind)
        let caller = try key("scope", .caller, \.override.caller)
        let old = try key("replaced", .text, \.old)
        let reason = try key("reason", .text, \.override.reason)
        let since = try key("since", .milliseconds, \.override.since)
        let until = try key("until", .milliseconds, \.override.until)
        let setBy = try key("set_by", .object(StoredOperator.self), \.override.who)
        let override = CallerOverride(
            id: id, kind: kind, caller: caller, reason: reason, who: setBy, since: since, until: until)
        return Subject(event: event, override: override, old: old)
    }
}

/// What the audit says of an override on a caller whose number was forgotten, with the keys of other overrides on callers.
private enum AuditForgottenDocument: Document {
    struct Subject {
        let event: AuditEntry.Event
        let kind: CallerOverride.Kind
        let name: String
    }

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        let event = try key("change", .choice, \.event)
        let kind = try key("kind", .auditCallerKind, \.kind)
        return Subject(event: event, kind: kind, name: try key("scope", .forgottenCaller, \.name))
    }
}

extension Form where Value == String {
    /// The scope of a caller by the name that is in the place of the number.
    fileprivate static var forgottenCaller: Self {
        Form(
            write: { $2.add($1, CallerOverride.scope(of: $0)) },
            read: { key, object throws(DocumentProblem) in
                guard let name = try object.text(key).after("caller ") else {
                    throw object.problem(key, "must be `caller NAME`")
                }
                return name
            })
    }
}

extension Form where Value == CallerOverride.Kind {
    /// The kind with its text, which is not the text of the line of the audit.
    fileprivate static var auditCallerKind: Self {
        Form(
            write: { kind, key, object in
                object.add(key, kind.word)
                object.add("says", kind.text)
            },
            read: { _, object throws(DocumentProblem) in try CallerOverride.Kind(object, textIn: "says") })
    }
}

extension Form where Value == AuditEntry.Content {
    private static var note: String { "note" }

    /// What happened to an override, under several keys, or a note.
    fileprivate static var auditContent: Self {
        Form(
            write: { content, key, object in
                switch content {
                case .change(let event, let override, let old):
                    AuditChangeDocument.write(.init(event: event, override: override, old: old), into: &object)
                case .caller(let event, let override, let old):
                    // Earlier versions read it as a note.
                    object.add(key, note)
                    object.add("text", "\(override.deed): \(event.rawValue)")
                    AuditCallerDocument.write(.init(event: event, override: override, old: old), into: &object)
                case .forgottenCaller(let event, let kind, let name):
                    object.add(key, note)
                    object.add("text", "\(kind.deed(on: name)): \(event.rawValue)")
                    AuditForgottenDocument.write(.init(event: event, kind: kind, name: name), into: &object)
                case .note(let text):
                    object.add(key, note)
                    object.add("text", text)
                case .remark(let change, let call):
                    // Earlier versions read it as a note.
                    object.add(key, note)
                    object.add("text", change.words(on: call))
                    object.add("call", call.text)
                    object.add("remark", RemarkWord(change).rawValue)
                    if let text = change.text { object.add("note", text) }
                }
            },
            read: { key, object throws(DocumentProblem) in
                if try object.text(key) == note {
                    if let scope = try object.optionalText("scope") {
                        if PhoneNumber(callerScope: scope) != nil {
                            let change = try AuditCallerDocument.read(object)
                            return .caller(change.event, change.override, old: change.old)
                        }
                        // The name of a forgotten number took its place in the line.
                        if scope.after("caller ")?.hasPrefix(ForgottenNumber.prefix) == true {
                            let change = try AuditForgottenDocument.read(object)
                            return .forgottenCaller(change.event, change.kind, name: change.name)
                        }
                    }
                    guard let call = try object.optionalText("call") else { return .note(try object.text("text")) }
                    return .remark(try RemarkWord.change(object), on: CallID(call))
                }
                let change = try AuditChangeDocument.read(object)
                return .change(change.event, change.override, old: change.old)
            })
    }
}

/// What was said of a call, as a word; a format.
private enum RemarkWord: String, CaseIterable {
    case mark, unmark, note
    case rewriteNote = "rewrite note"
    case removeNote = "remove note"
    case removeNotes = "remove notes"

    init(_ change: RemarkChange) {
        switch change {
        case .mark: self = .mark
        case .unmark: self = .unmark
        case .note: self = .note
        case .rewriteNote(.some): self = .rewriteNote
        case .rewriteNote(nil): self = .removeNote
        case .removeNotes: self = .removeNotes
        }
    }

    static func change(_ object: ObjectReader) throws(DocumentProblem) -> RemarkChange {
        switch try object.choice("remark", as: RemarkWord.self) {
        case .mark: .mark
        case .unmark: .unmark
        case .note: .note(try object.text("note"))
        case .rewriteNote: .rewriteNote(try object.text("note"))
        case .removeNote: .rewriteNote(nil)
        case .removeNotes: .removeNotes
        }
    }
}

extension Form where Value == AuditChangeDocument.Change {
    fileprivate static var auditChange: Self {
        Form(
            write: { change, key, object in
                object.add(key, change.written.old)
                object.add("new", change.written.new)
            },
            read: { key, object throws(DocumentProblem) in try AuditChangeDocument.Change(object) })
    }
}

extension Form where Value == Int {
    fileprivate static var version: Self {
        Form(
            write: { $2.add($1, .integer($0)) },
            read: { key, object throws(DocumentProblem) in
                let version = try object.integer(key)
                guard version == PersistedState.version else {
                    throw object.problem(key, "is \(version), but this program knows only \(PersistedState.version)")
                }
                return version
            })
    }
}

extension AuditEntry {
    /// The entry as one line of `audit.jsonl`.
    package var document: JSONDocument { AuditDocument.document(self) }

    /// Reads one line of the audit; `nil` if it is torn or not an entry.
    package init?(line: some Sequence<UInt8>) {
        do throws(DocumentProblem) {
            self = try AuditDocument.read(Array(line))
        } catch {
            return nil
        }
    }
}

extension PersistedState {
    /// What only one override can have.
    private struct Slot: Hashable {
        let scope: Scope
        let isClosure: Bool
    }

    /// An id is used once, a text is never empty, and a scope has one closure and one greeting.
    private func checkOverrides() throws(DocumentProblem) {
        var ids: Set<Int> = []
        var slots: Set<Slot> = []
        for (index, override) in state.overrides.enumerated() {
            try check(override, at: "overrides[\(index)]")
            guard ids.insert(override.id).inserted else {
                throw DocumentProblem(at: "overrides[\(index)].id", "is a duplicate")
            }
            guard slots.insert(Slot(scope: override.scope, isClosure: override.kind.isClosure)).inserted else {
                throw DocumentProblem(at: "overrides[\(index)]", "takes the place of an earlier one")
            }
        }
        for (index, override) in state.callers.all.enumerated() {
            try check(id: override.id, text: override.kind.text, at: "callers[\(index)]")
            guard ids.insert(override.id).inserted else {
                throw DocumentProblem(at: "callers[\(index)].id", "is a duplicate")
            }
        }
        for (index, change) in state.changes.enumerated() {
            for override in change.begun + change.ended { try check(override, at: "changes[\(index)]") }
            for override in change.callers.begun + change.callers.ended {
                try check(id: override.id, text: override.kind.text, at: "changes[\(index)]")
            }
        }
    }

    private func check(_ override: Override, at place: String) throws(DocumentProblem) {
        try check(id: override.id, text: override.kind.text, at: place)
    }

    private func check(id: Int, text: String?, at place: String) throws(DocumentProblem) {
        guard (1..<state.nextID).contains(id) else {
            throw DocumentProblem(at: "\(place).id", "must be at least 1 and less than next_id")
        }
        if let text, text.allSatisfy(\.isWhitespace) {
            throw DocumentProblem(at: "\(place).text", "must not be empty")
        }
    }

    /// The entries are numbered in order, and up to the last one; lines that only another replica has leave a gap.
    private func checkAudit() throws(DocumentProblem) {
        var last = share == nil ? state.auditLines - audit.count : 0
        for (index, entry) in audit.enumerated() {
            let isNext =
                share == nil ? entry.number == last + 1 : entry.number > last && entry.number <= state.auditLines
            guard isNext else {
                throw DocumentProblem(at: "audit[\(index)].n", "must be \(last + 1), according to audit_lines")
            }
            last = entry.number
        }
    }
}
