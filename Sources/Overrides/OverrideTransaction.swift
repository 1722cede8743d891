// SPDX-License-Identifier: Apache-2.0

import Calls

/// One order being carried out: the desk as it becomes, and what is told of it.
struct OverrideTransaction {
    private(set) var state: OverrideState
    private var audit: [AuditEntry]
    private let who: Operator
    let now: Instant
    let directory: LineDirectory
    private var words = ""
    private var begun: [Override] = []
    private var ended: [Override] = []
    private var caveats: [String] = []

    /// The longest text that callers may be made to hear, in characters.
    static let longestText = 2000
    /// The longest reason, in characters: it stands in a bar of the screen and in the audit.
    static let longestReason = 500
    /// An end that is further away is a slip of the hand.
    static let mostDays = 366

    init(_ start: OverrideTransition, who: Operator, now: Instant, directory: LineDirectory) {
        state = start.state
        audit = start.audit
        self.who = who
        self.now = now
        self.directory = directory
    }

    var step: OverrideTransition {
        OverrideTransition(
            state: state, audit: audit,
            outcome: OverrideResult(words: words, begun: begun, ended: ended, caveats: caveats))
    }

    mutating func begin(
        _ kind: Override.Kind, _ named: [Scope], reason: String, until: Until
    ) throws(OverrideError) {
        let scopes = named.eachOnce
        try check(scopes)
        try check(kind)
        guard reason.count <= Self.longestReason else { throw .reasonTooLong(limit: Self.longestReason) }
        if kind == .forcedOpen { try refuseUnderClosure(scopes) }
        let end = try moment(of: until, scopes)
        for scope in scopes {
            let override = Override(
                id: state.takeID(), kind: kind, scope: scope, reason: reason, who: who, since: now, until: end)
            let replaced = state.begin(override)
            for old in replaced { note(.replaced, old) }
            ended += replaced
            note(.begun, override, old: replaced.first?.heard)
            begun.append(override)
            warn(of: override)
        }
        if kind.text?.contains("{{") == true { caveats.append("callers hear the {{...}} as it is written") }
        finish("\(kind.phrases.past) \(scopes.words)")
    }

    mutating func open(_ scopes: [Scope]) throws(OverrideError) {
        try check(scopes)
        let closing = within(scopes) { $0.kind.isClosure && $0.kind != .forcedOpen }
        if closing.isEmpty {
            for scope in scopes {
                if let wide = closure(widerThan: scope) { throw .closedWider(by: wide.scope) }
            }
            throw .nothingClosed(scopes)
        }
        takeBack(closing)
        for scope in scopes {
            if let wide = closure(widerThan: scope) {
                caveats.append("\(wide.words) still keeps \([scope].words) closed")
            }
        }
        finish("opened \(scopes.words)")
    }

    mutating func followHours(_ scopes: [Scope]) throws(OverrideError) {
        try check(scopes)
        let forced = within(scopes) { $0.kind == .forcedOpen }
        guard !forced.isEmpty else { throw .nothingForced(scopes) }
        takeBack(forced)
        finish("let \(scopes.words) follow the hours")
    }

    mutating func clearGreeting(_ scopes: [Scope]) throws(OverrideError) {
        try check(scopes)
        let greetings = within(scopes) { !$0.kind.isClosure }
        guard !greetings.isEmpty else { throw .noGreeting(scopes) }
        takeBack(greetings)
        finish("cleared the forced greeting of \(scopes.words)")
    }

    mutating func end(_ id: Int) throws(OverrideError) {
        guard let override = state.overrides.first(where: { $0.id == id }) else { throw .noOverride(id: id) }
        takeBack([override])
        finish("ended \(override.words)")
    }

    mutating func undo() throws(OverrideError) {
        guard let change = state.undoable(at: now) else { throw .nothingToUndo }
        for override in change.begun where state.overrides.contains(override) {
            state.end(override)
            note(.undone, override)
            ended.append(override)
        }
        for override in change.ended where override.isInForce(at: now) {
            guard !state.overrides.contains(where: { $0.replaces(override) }) else { continue }
            _ = state.begin(override)
            note(.restored, override)
            begun.append(override)
        }
        state.forget(change)
        words = "took back: \(change.words)"
    }
}

extension OverrideTransaction {
    private mutating func takeBack(_ overrides: [Override]) {
        for override in overrides {
            state.end(override)
            note(.takenBack, override)
        }
        ended += overrides
    }

    private mutating func finish(_ words: String) {
        self.words = words
        state.remember(UndoableChange(at: now, who: who, words: words, begun: begun, ended: ended))
    }

    private mutating func note(_ event: AuditEntry.Event, _ override: Override, old: String? = nil) {
        audit.append(
            AuditEntry(
                number: state.takeAuditLine(), at: now, who: who, event: event, override: override, old: old))
    }

    private func within(_ scopes: [Scope], _ isMeant: (Override) -> Bool) -> [Override] {
        state.overrides.filter { override in
            isMeant(override) && scopes.contains { directory.lines.contains(override.scope, in: $0) }
        }
    }

    /// The override of a wider scope that closes this one.
    private func closure(widerThan scope: Scope) -> Override? {
        widest(over: scope).flatMap { $0.kind == .forcedOpen ? nil : $0 }
    }

    /// The override of a wider scope that decides whether this one is open.
    private func widest(over scope: Scope) -> Override? {
        directory.lines.wider(than: scope).compactMap { wide in
            state.overrides.first { $0.scope == wide && $0.kind.isClosure }
        }.first
    }

    /// Says when something wider counts first.
    private mutating func warn(of override: Override) {
        guard override.kind.isClosure else { return }
        if let wider = widest(over: override.scope) { caveats.append("\(wider.words) counts first, until it ends") }
    }

    private func refuseUnderClosure(_ scopes: [Scope]) throws(OverrideError) {
        for scope in scopes {
            if let wide = closure(widerThan: scope) { throw .closedWider(by: wide.scope) }
        }
    }
}

extension OverrideTransaction {
    private func check(_ scopes: [Scope]) throws(OverrideError) {
        guard !scopes.isEmpty else { throw .noScope }
        for scope in scopes where directory.lines.lines(in: scope).isEmpty {
            switch scope {
            case .all: continue
            case .group(let name): throw .unknownGroup(name, known: directory.lines.groups)
            case .line(let number): throw .unknownLine(number)
            }
        }
    }

    private func check(_ kind: Override.Kind) throws(OverrideError) {
        guard let text = kind.text else { return }
        guard !text.allSatisfy(\.isWhitespace) else { throw .emptyText }
        guard text.count <= Self.longestText else { throw .textTooLong(limit: Self.longestText) }
    }

    private func moment(of until: Until, _ scopes: [Scope]) throws(OverrideError) -> Instant? {
        let end: Instant
        switch until {
        case .reopened: return nil
        case .time(let instant): end = instant.inWholeMilliseconds
        case .lasting(let seconds):
            guard seconds <= Int64(Self.mostDays) * 86_400 else { throw .tooLong(days: Self.mostDays) }
            end = now.advanced(bySeconds: seconds)
        case .nextChange:
            guard
                let change = scopes.flatMap({ directory.lines.lines(in: $0) }).compactMap({
                    directory.nextChange($0.number)
                }).min()
            else {
                throw .noChangeAhead
            }
            end = change
        }
        guard end > now else { throw .timeIsPast }
        guard end.microseconds(since: now) <= Int64(Self.mostDays) * 86_400 * 1_000_000 else {
            throw .tooLong(days: Self.mostDays)
        }
        return end
    }
}
