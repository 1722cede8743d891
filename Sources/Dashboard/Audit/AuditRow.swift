// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// One thing that was done at the desk, as the audit view shows it.
struct AuditRow: Hashable {
    let at: Instant
    /// `nil` for what nobody did, such as an override that expired.
    let who: Operator?
    let deed: Deed

    enum Deed: Hashable {
        case change(AuditEntry.Event, Override)
        case caller(AuditEntry.Event, CallerOverride)
        case forgottenCaller(AuditEntry.Event, CallerOverride.Kind, name: String)
        case note(String)
        /// What was said of a call, in words.
        case remark(String)
        /// What came of reading the rules file again, with its cause.
        case reload(String)
    }

    /// The rows of an event: one for each line of the audit, as after a restart, or one for a reload.
    static func rows(of event: DeskEvent) -> [AuditRow] {
        guard event.audit.isEmpty else { return event.audit.map(AuditRow.init) }
        guard event.reload != nil else { return [] }
        return [AuditRow(at: event.at, who: event.who, deed: .reload(event.deed))]
    }

    private init(_ entry: AuditEntry) {
        let deed: Deed =
            switch entry.content {
            case .change(let event, let override, old: _): .change(event, override)
            case .caller(let event, let override, old: _): .caller(event, override)
            case .forgottenCaller(let event, let kind, let name): .forgottenCaller(event, kind, name: name)
            case .note(let text): .note(text)
            case .remark: .remark(entry.words)
            }
        self.init(at: entry.at, who: entry.who, deed: deed)
    }

    private init(at: Instant, who: Operator?, deed: Deed) {
        self.at = at
        self.who = who
        self.deed = deed
    }

    /// What was done, in the role of its effect.
    func what(in status: ServerStatus?) -> Span {
        switch deed {
        case .change(let event, let override):
            let scope = status.map { Text.scope(override.scope, in: $0) } ?? override.scope.words
            let deed = "\(override.kind.phrases.past) \(scope)"
            return Span(event.words(of: deed), event.begins ? override.kind.role : .text)
        case .caller(let event, let override):
            return Self.span(event.words(of: override.deed), event, override.kind)
        case .forgottenCaller(let event, let kind, let name):
            return Self.span(event.words(of: kind.deed(on: name)), event, kind)
        case .note(let text): return Span("noted: \(text)", .title)
        case .remark(let words): return Span(words, .title)
        case .reload(let result): return Span(result, .text)
        }
    }

    private static func span(_ words: String, _ event: AuditEntry.Event, _ kind: CallerOverride.Kind) -> Span {
        Span(words, event.begins ? kind.isBlock ? .closed : .forced : .text)
    }

    /// The override that has been in force since; `nil` for everything else.
    private var begun: Override? {
        if case .change(let event, let override) = deed, event.begins { override } else { nil }
    }

    /// When it ends; empty for what has no end.
    func end(on clock: LocalClock, now: Instant) -> String {
        if case .caller(let event, let override) = deed, event.begins {
            return override.until.map { "until \(Text.moment($0, on: clock, now: now))" } ?? "until removed"
        }
        guard let begun else { return "" }
        return begun.until.map { "until \(Text.moment($0, on: clock, now: now))" } ?? begun.kind.withoutEnd
    }

    /// What callers hear, in quotes.
    var quote: String {
        if case .caller(let event, let override) = deed, event.begins {
            return override.kind.text.map { "\"\($0)\"" } ?? ""
        }
        return begun?.kind.text.map { "\"\($0)\"" } ?? ""
    }

    var reason: String {
        let reason: String
        switch deed {
        case .change(_, let override): reason = override.reason
        case .caller(_, let override): reason = override.reason
        case .forgottenCaller, .note, .remark, .reload: return ""
        }
        return reason.isEmpty ? "" : "reason: \(reason)"
    }
}

extension Override.Kind {
    var role: Role {
        switch self {
        case .closed, .inform: .closed
        case .forcedOpen, .greeting: .forced
        }
    }
}

extension DeskEvent {
    /// The words without the name of the operator.
    var deed: String {
        guard let who, words.hasPrefix("\(who.user) ") else { return words }
        return String(words.dropFirst(who.user.count + 1))
    }
}
