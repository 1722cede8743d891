// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One line of the audit: an override began or ended, by whom, and what callers heard before and after; or a note.
package struct AuditEntry: Hashable, Sendable {
    /// Counted from 1; a gap would mean that a line is missing.
    package let number: Int
    package let at: Instant
    /// Who did it; `nil` for an expired override.
    package let who: Operator?
    package let content: Content

    /// What the line records.
    package enum Content: Hashable, Sendable {
        /// What happened to an override; `old` is what callers heard by the one that it replaced, if it replaced one.
        case change(Event, Override, old: String?)
        /// The same of an override on a caller.
        case caller(Event, CallerOverride, old: String?)
        /// The same of an override on a caller whose number was forgotten; the name is in its place.
        case forgottenCaller(Event, CallerOverride.Kind, name: String)
        /// What an operator wrote for the others.
        case note(String)
        /// What an operator said of a call.
        case remark(RemarkChange, on: CallID)
    }

    package init(number: Int, at: Instant, who: Operator?, content: Content) {
        self.number = number
        self.at = at
        self.who = who
        self.content = content
    }

    package init(number: Int, at: Instant, who: Operator?, event: Event, override: Override, old: String?) {
        self.init(number: number, at: at, who: who, content: .change(event, override, old: old))
    }

    /// What happened to an override; `nil` for a note.
    package var event: Event? {
        switch content {
        case .change(let event, _, old: _), .caller(let event, _, old: _), .forgottenCaller(let event, _, name: _):
            event
        case .note, .remark: nil
        }
    }

    /// The number of the override that changed; `nil` for a note, and where it was forgotten.
    package var overrideID: Int? {
        switch content {
        case .change(_, let override, old: _): override.id
        case .caller(_, let override, old: _): override.id
        case .forgottenCaller, .note, .remark: nil
        }
    }

    /// The override on lines that changed; `nil` for one on a caller and for a note.
    package var override: Override? {
        if case .change(_, let override, old: _) = content { override } else { nil }
    }

    /// What was done, such as `closed group amsterdam`, without who did it.
    package var words: String {
        switch content {
        case .change(let event, let override, old: _): event.words(of: override.deed)
        case .caller(let event, let override, old: _): event.words(of: override.deed)
        case .forgottenCaller(let event, let kind, let name): event.words(of: kind.deed(on: name))
        case .note(let text): "noted: \(text)"
        case .remark(let change, let call): change.words(on: call)
        }
    }

    /// What happened to the override.
    package enum Event: String, CaseIterable, Hashable, Sendable {
        case begun
        /// It is in force again, since the change that ended it was undone.
        case restored
        /// A newer one replaced it.
        case replaced
        /// It expired.
        case expired
        /// An operator opened the scope, or let it follow its hours, or cleared the greeting.
        case takenBack = "taken back"
        /// Its beginning was undone.
        case undone

        /// Whether the override is in force since.
        package var begins: Bool {
            switch self {
            case .begun, .restored: true
            case .replaced, .expired, .takenBack, .undone: false
            }
        }

        /// What happened, by the words for the beginning, such as `blocked caller +31612345678: expired`.
        package func words(of deed: String) -> String { self == .begun ? deed : "\(deed): \(rawValue)" }
    }
}

extension RemarkChange {
    /// What was done, such as `marked call abc`, without who did it.
    package func words(on call: CallID) -> String {
        switch self {
        case .mark: "marked call \(call.text)"
        case .unmark: "removed the mark of call \(call.text)"
        case .note(let text): "noted on call \(call.text): \(text)"
        case .rewriteNote(let text?): "rewrote a note on call \(call.text): \(text)"
        case .rewriteNote(nil): "removed a note of call \(call.text)"
        case .removeNotes: "removed the notes of call \(call.text)"
        }
    }
}

extension Sequence<AuditEntry> {
    /// The overrides that these lines leave in force at a moment, the oldest first.
    package func inForce(at now: Instant) -> [Override] {
        [Override]().applying(self).filter { $0.isInForce(at: now) }
    }
}

extension [Override] {
    /// The overrides after what lines of the audit say, whether or not they have expired; the oldest first.
    package func applying(_ entries: some Sequence<AuditEntry>) -> [Override] {
        let left = entries.reduce(into: self) { left, entry in
            guard case .change(let event, let override, old: _) = entry.content else { return }
            left.removeAll { $0.id == override.id }
            if event.begins { left.append(override) }
        }
        return left.sorted { $0.id < $1.id }
    }
}
