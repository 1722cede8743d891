// SPDX-License-Identifier: Apache-2.0

package import Calls

extension OverrideState {
    /// Works out the result of a command; a refused command changes nothing.
    package func carrying(
        out command: OverrideCommand, by who: Operator, at now: Instant, among directory: LineDirectory
    ) throws(OverrideError) -> OverrideTransition {
        // Files have milliseconds; what is read back must equal what was set.
        let now = now.inWholeMilliseconds
        var work = OverrideTransaction(expiring(at: now), who: who, now: now, directory: directory)
        switch command {
        case .begin(let kind, let scopes, let reason, let until):
            try work.begin(kind, scopes, reason: reason, until: until)
        case .open(let scopes): try work.open(scopes)
        case .followHours(let scopes): try work.followHours(scopes)
        case .clearGreeting(let scopes): try work.clearGreeting(scopes)
        case .beginOnCallers(let kind, let callers, let reason, let until):
            try work.begin(kind, callers: callers, reason: reason, until: until)
        case .clearCallers(let callers): try work.clear(callers: callers)
        case .end(let id): try work.end(id)
        case .undo: try work.undo()
        case .note(let text): try work.note(text)
        case .remark(let change, let call): try work.remark(change, on: call)
        }
        return work.step
    }

    /// Removes expired overrides; `outcome.ended` lists them.
    package func expiring(at now: Instant) -> OverrideTransition {
        var state = self
        var audit: [AuditEntry] = []
        let over = overrides.filter { !$0.isInForce(at: now) }
        for override in over {
            state.end(override)
            audit.append(
                AuditEntry(
                    number: state.takeAuditLine(), at: override.until ?? now, who: nil, event: .expired,
                    override: override, old: nil))
        }
        let overCallers = callers.expired(at: now)
        for override in overCallers {
            state.end(override)
            audit.append(
                AuditEntry(
                    number: state.takeAuditLine(), at: override.until ?? now, who: nil,
                    content: .caller(.expired, override, old: nil)))
        }
        let words =
            over.map { "\($0.words) expired" }
            + (overCallers.isEmpty ? [] : ["\(overCallers.map(\.words).shortList) expired"])
        return OverrideTransition(
            state: state, audit: audit,
            outcome: OverrideResult(
                words: words.joined(separator: "; "), begun: [], ended: over,
                callers: CallerChanges(begun: [], ended: overCallers)))
    }

    /// When the next override expires.
    package var nextEnd: Instant? {
        [overrides.compactMap(\.until).min(), callers.nextEnd].compactMap(\.self).min()
    }
}

/// The result of a command, before it is saved or in force.
package struct OverrideTransition: Hashable, Sendable {
    package let state: OverrideState
    /// The new lines of the audit.
    package let audit: [AuditEntry]
    package let outcome: OverrideResult

    package init(state: OverrideState, audit: [AuditEntry], outcome: OverrideResult) {
        self.state = state
        self.audit = audit
        self.outcome = outcome
    }
}

/// One command being carried out: the resulting state, its audit entries, and the result in words.
struct OverrideTransaction {
    var state: OverrideState
    private var audit: [AuditEntry]
    let who: Operator
    let now: Instant
    let directory: LineDirectory
    private var words = ""
    private var begun: [Override] = []
    private var ended: [Override] = []
    private var callers = CallerChanges.none
    private var caveats: [String] = []

    /// The longest reason, in Unicode scalars; it is shown in a bar of the screen and in the audit.
    static let longestReason = 500
    /// An end that is further away is taken for a typing mistake.
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
            outcome: OverrideResult(
                words: words, begun: begun, ended: ended, callers: callers, caveats: caveats))
    }

    mutating func begin(
        _ kind: Override.Kind, _ named: [Scope], reason: String, until: Until
    ) throws(OverrideError) {
        let scopes = named.eachOnce
        try check(scopes)
        try check(text: kind.text)
        try check(reason: reason)
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
        warn(ofText: kind.text)
        finish("\(kind.phrases.past) \(scopes.words)")
    }

    mutating func open(_ scopes: [Scope]) throws(OverrideError) {
        try check(scopes)
        let closing = within(scopes, \.kind.closes)
        if closing.isEmpty {
            try refuseUnderClosure(scopes)
            throw .nothingClosed(scopes)
        }
        end(closing)
        for scope in scopes {
            for wide in closures(widerThan: scope) {
                caveats.append("\(wide.words) keeps \([scope].words) closed")
            }
        }
        finish("lifted the closure of \(closing.map(\.scope).words)")
    }

    mutating func followHours(_ scopes: [Scope]) throws(OverrideError) {
        try check(scopes)
        let forced = within(scopes) { $0.kind == .forcedOpen }
        guard !forced.isEmpty else { throw .nothingForced(scopes) }
        end(forced)
        finish("ended the forced opening of \(forced.map(\.scope).words)")
    }

    mutating func clearGreeting(_ scopes: [Scope]) throws(OverrideError) {
        try check(scopes)
        let greetings = within(scopes) { !$0.kind.isClosure }
        guard !greetings.isEmpty else { throw .noGreeting(scopes) }
        end(greetings)
        finish("cleared the forced greeting of \(greetings.map(\.scope).words)")
    }

    mutating func end(_ id: Int) throws(OverrideError) {
        if let override = state.callers.first(id: id) { return end(override) }
        guard let override = state.overrides.first(where: { $0.id == id }) else { throw .noOverride(id: id) }
        end([override])
        finish("ended \(override.words)")
    }

    mutating func undo() throws(OverrideError) {
        guard let change = state.undoable(at: now) else { throw .nothingToUndo }
        let effect = state.undoing(change, at: now)
        for override in effect.ended {
            state.end(override)
            note(.undone, override)
        }
        for override in effect.restored {
            _ = state.begin(override)
            note(.restored, override)
        }
        undo(effect.callers)
        ended += effect.ended
        begun += effect.restored
        callers = effect.callers
        state.forget(change)
        words = "undid: \(change.words)"
    }

    /// The call is in the log, where the remark goes; here it becomes a line of the audit.
    mutating func remark(_ change: RemarkChange, on call: CallID) throws(OverrideError) {
        if let text = change.text { try check(note: text) }
        audit.append(AuditEntry(number: state.takeAuditLine(), at: now, who: who, content: .remark(change, on: call)))
        words = change.words(on: call)
    }

    private func check(note text: String) throws(OverrideError) {
        guard !text.allSatisfy(\.isWhitespace) else { throw .emptyNote }
        guard text.unicodeScalars.count <= OverrideLimits.longestText else {
            throw .textTooLong(limit: OverrideLimits.longestText)
        }
    }

    mutating func note(_ text: String) throws(OverrideError) {
        try check(note: text)
        audit.append(AuditEntry(number: state.takeAuditLine(), at: now, who: who, content: .note(text)))
        words = "noted: \(text)"
    }
}

extension OverrideTransaction {
    private mutating func end(_ overrides: [Override]) {
        for override in overrides {
            state.end(override)
            note(.takenBack, override)
        }
        ended += overrides
    }

    mutating func finish(_ words: String, _ callers: CallerChanges = .none) {
        self.words = words
        self.callers = callers
        state.remember(
            UndoableChange(at: now, who: who, words: words, begun: begun, ended: ended, callers: callers))
    }

    mutating func note(_ event: AuditEntry.Event, _ override: CallerOverride, old: String? = nil) {
        audit.append(
            AuditEntry(
                number: state.takeAuditLine(), at: now, who: who, content: .caller(event, override, old: old)))
    }

    /// Adds a caveat where a text has what callers hear as it is written.
    mutating func warn(ofText text: String?) {
        if let words = OverrideCaveat.words(ofText: text) { caveats.append(words) }
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

    /// The closures of wider scopes, which close this one too; the newest first.
    private func closures(widerThan scope: Scope) -> [Override] {
        ActiveOverrides(state.overrides).closures(widerThan: scope, among: directory.lines)
    }

    /// Adds a caveat where other overrides make this one do less than its kind says.
    private mutating func warn(of override: Override) {
        switch override.kind {
        case .inform:
            let rejecting = others(than: override).filter(\.kind.rejects)
            for other in rejecting { caveats.append("\(other.words) rejects calls; their callers hear this text") }
        case .forcedOpen:
            for other in others(than: override).filter(\.kind.closes) {
                caveats.append("\(other.words) stays in force")
            }
        case .closed, .greeting: break
        }
    }

    /// The other overrides on its lines.
    private func others(than override: Override) -> [Override] {
        let lines = directory.lines.lines(in: override.scope)
        return state.overrides.filter { other in
            other.id != override.id && lines.contains { other.scope.covers($0) }
        }
    }

    private func refuseUnderClosure(_ scopes: [Scope]) throws(OverrideError) {
        for scope in scopes {
            if let wide = closures(widerThan: scope).first { throw .closedWider(by: wide.scope) }
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

    func check(reason: String) throws(OverrideError) {
        guard reason.unicodeScalars.count <= Self.longestReason else { throw .reasonTooLong(limit: Self.longestReason) }
    }

    func check(text: String?) throws(OverrideError) {
        guard let text else { return }
        guard !text.allSatisfy(\.isWhitespace) else { throw .emptyText }
        guard text.unicodeScalars.count <= OverrideLimits.longestText else {
            throw .textTooLong(limit: OverrideLimits.longestText)
        }
    }

    func moment(of until: Until, _ scopes: [Scope]) throws(OverrideError) -> Instant? {
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
            // The hours name it, so it is not a typing mistake however far away it is.
            guard change > now else { throw .timeIsPast }
            return change
        }
        guard end > now else { throw .timeIsPast }
        guard end.microseconds(since: now) <= Int64(Self.mostDays) * 86_400 * 1_000_000 else {
            throw .tooLong(days: Self.mostDays)
        }
        return end
    }
}

/// What carrying out a command needs from the rules file: its lines.
package struct LineDirectory: Sendable {
    package let lines: [Entry]
    /// When the hours of a line next open or close it; worked out only for commands that ask.
    let nextChange: @Sendable (PhoneNumber) -> Instant?

    /// A line and its group.
    package struct Entry: Hashable, Sendable, ScopedLine {
        package let number: PhoneNumber
        package let group: String?

        package init(number: PhoneNumber, group: String?) {
            self.number = number
            self.group = group
        }
    }

    package init(lines: [Entry], nextChange: @escaping @Sendable (PhoneNumber) -> Instant? = { _ in nil }) {
        self.lines = lines
        self.nextChange = nextChange
    }
}
