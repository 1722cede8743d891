// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

// All that the dialogs which close, open and greet say of the change: what is chosen, what it does, what to know before it
// is confirmed. What every dialog has, such as the labels of fields, is in `DialogText`.

extension OverrideAction {
    /// The word that confirms it for more than one line.
    var word: String {
        switch self {
        case .close: "CLOSE"
        case .open: "OPEN"
        case .greet: "GREET"
        case .clear: "CLEAR"
        // One caller needs no word.
        case .caller: ""
        }
    }
}

extension OpenAction {
    /// Its label as a choice.
    var label: String {
        switch self {
        case .lift: "lift the closure"
        case .followHours: "follow the hours again"
        case .force: "force open: ignore the hours"
        }
    }
}

extension UntilChoice {
    /// Its label, without the time.
    var label: String {
        switch self {
        case .nextChange: "next change"
        case .lasting(let minutes): minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h"
        case .time: "a time"
        case .reopened: "until reopened"
        }
    }
}

extension OverrideDraft.Complaint {
    var text: String {
        switch self {
        case .noTime: "type a time such as 17:30"
        case .noText: "type the text that callers hear"
        case .noCallerText: "type the text that the caller hears"
        case .nothingToOpen: "nothing to open here"
        case .scopeGone: "choose other lines"
        case .kindGone: "choose the kind again"
        }
    }
}

// The choices in its fields.
extension OverrideDraft {
    /// The labels of the choices in a field.
    func choices(of field: DialogField) -> [String] {
        switch field {
        case .scope: scopes
        case .kind:
            action == .open ? openings.map(\.label) : ["reject the calls", "inform: the assistant announces it"]
        case .until: untils.map(label)
        case .text, .time, .reason, .word, .path, .from, .to, .moment: []
        }
    }

    /// The names of `ServerStatus.scopes`, in the same order.
    private var scopes: [String] {
        guard status.scopes.count > 1 else { return ["all lines"] }
        // Name and number, since names need not be unique.
        let lines = status.lines.map { $0.name.isEmpty ? "\($0.number)" : "\($0.name) \($0.number)" }
        return ["all lines"] + status.groups.map { "group \($0)" } + lines
    }

    private func label(_ choice: UntilChoice) -> String {
        if choice == .reopened, action != .close { return "until removed" }
        guard choice != .time, let end = end(choice) else { return choice.label }
        return "\(moment(end)) (\(choice.label))"
    }

    /// A time on the operator's clock, with the day unless it is today.
    func moment(_ instant: Instant) -> String {
        Text.moment(instant, on: clock, now: now)
    }
}

extension OverrideDraft {
    var title: String {
        let scope = isGone ? form.scopeWords : Text.scope(scope, in: status)
        return switch action {
        case .caller(let action): title(action)
        case .close: "Close \(scope)"
        case .greet: "Greet on \(scope)"
        case .clear: "Clear the greeting of \(scope)"
        case .open:
            switch opening {
            case .followHours: "Follow the hours: \(scope)"
            case .force: "Force open \(scope)"
            case .lift, nil: "Open \(scope)"
            }
        }
    }

    /// The button that confirms it.
    var confirmation: DialogButton {
        let lines = Text.count(max(1, self.lines.count), "line")
        return switch action {
        case .close where form.isInform: DialogButton("Inform on \(lines)", short: "Inform")
        case .close: DialogButton("Close \(lines)", short: "Close")
        case .greet: DialogButton("Greet on \(lines)", short: "Greet")
        case .clear: DialogButton("Clear on \(lines)", short: "Clear")
        case .caller(let action): confirmation(action)
        case .open:
            switch opening {
            case .followHours: DialogButton("Follow the hours", short: "Follow")
            case .force: DialogButton("Force open \(lines)", short: "Open")
            // Hours or rules may keep lines closed that no operator closes any more.
            case .lift: DialogButton("Lift the closure", short: "Lift")
            case nil: DialogButton("Open \(lines)", short: "Open")
            }
        }
    }

    /// Which lines it is about.
    private var affected: String { Text.lines(scope, in: status) }

    /// The end, for a sentence.
    var ending: String {
        switch until {
        case .reopened: action == .close ? "until an operator reopens" : "until an operator removes it"
        case .nextChange, .lasting, .time:
            end(until).map { "until \(moment($0))" } ?? "until the time you type"
        }
    }

    /// The same where there is no room for it.
    var shortEnding: String {
        guard until == .reopened else { return ending }
        return action == .close ? "until reopened" : "until removed"
    }

    func quote(_ ellipsis: String) -> String {
        let text = form[.text].trimmed
        return text.isEmpty ? ellipsis : text
    }

    /// The effect in one sentence.
    func outcome(ellipsis: String) -> BarText {
        guard !isGone else {
            return BarText(head: "\(form.scopeWords.capitalizedFirst) is no longer in the rules file.", role: .dialog)
        }
        let quote = quote(ellipsis)
        switch action {
        case .close where form.isInform:
            let head = "New callers of \(affected) hear the assistant announce "
            return BarText(head: head, quote: quote, tail: " \(ending).", role: .dialog, leastQuote: 8)
        case .close:
            let head = "New callers of \(affected) are rejected and hear "
            return BarText(head: head, quote: quote, tail: " \(ending).", role: .dialog, leastQuote: 8)
        case .greet:
            let head = "Accepted callers of \(affected) are greeted with "
            return BarText(head: head, quote: quote, tail: " \(ending).", role: .dialog, leastQuote: 8)
        case .clear:
            let rest = remaining.map { "hear \($0.words) then" } ?? "get the greeting of the rules again"
            return BarText(head: "Callers of \(affected) \(rest).", role: .dialog)
        case .open: return BarText(head: openingText, role: .dialog)
        case .caller(let action): return outcome(action, ellipsis: ellipsis)
        }
    }

    private var openingText: String {
        switch opening {
        case .lift: "Lifts \(ended { $0.kind != .forcedOpen })."
        case .followHours: "Ends \(ended { $0.kind == .forcedOpen })."
        case .force: "New callers of \(affected) get the answer of the rules, whatever the hours, \(ending)."
        case nil: nothingToOpen
        }
    }

    private var nothingToOpen: String {
        guard openings.isEmpty else { return "Another change came in between: choose the kind again." }
        let wider = status.closures(over: scope).map { Text.scope($0.scope, in: status) }
        guard !wider.isEmpty else {
            return lines.closedByRules.first ?? "Nothing closes \(affected), so there is nothing to open."
        }
        return wider.count == 1
            ? "The closure of \(wider[0]) applies here too: open that first."
            : "The closures of \(wider.formattedList) apply here too: open those first."
    }

    /// The newest greeting that stays on one of the lines when those of the scope are cleared.
    private var remaining: Override? {
        let cleared = Set(greetings.map(\.id))
        return ActiveOverrides(status.overrides).greetings.first { greeting in
            !cleared.contains(greeting.id) && lines.contains { greeting.scope.covers($0) }
        }
    }

    /// The overrides that it ends.
    private func ended(_ isMeant: (Override) -> Bool) -> String {
        let overrides = status.overrides(within: scope).filter { $0.kind.isClosure && isMeant($0) }
        let names = overrides.prefix(3).map { override in
            let what = override.kind == .forcedOpen ? "the forced opening" : "the closure"
            let since = Text.since(override.since, on: clock, now: now)
            return "\(what) of \(Text.scope(override.scope, in: status)) (since \(since), \(override.who.user))"
        }
        return (names + (overrides.count > 3 ? ["\(overrides.count - 3) more"] : [])).formattedList
    }

    /// The effect for a single narrow row.
    func brief(ellipsis: String) -> BarText {
        guard !isGone else { return outcome(ellipsis: ellipsis) }
        switch action {
        case .close:
            return brief(
                form.isInform ? "Announce on" : "Reject", limits: [briefLiteral, briefRejected, exceptions], ellipsis)
        case .greet: return brief("Greet", limits: [briefLiteral, briefClosed], ellipsis)
        case .open where opening == .force:
            return BarText(head: "Force open \(affected) \(ending)", role: .dialog)
        case .caller(let action): return brief(action, ellipsis) ?? outcome(ellipsis: ellipsis)
        case .open, .clear: return outcome(ellipsis: ellipsis)
        }
    }

    /// What callers hear, and what limits it in a few words.
    private func brief(_ verb: String, limits: [String?], _ ellipsis: String) -> BarText {
        var text = BarText(
            head: "\(verb) \(affected): ", quote: quote(ellipsis), tail: " \(ending)", shortTail: " \(shortEnding)",
            role: .dialog, leastQuote: 4)
        text.limits = limits.compactMap(\.self).map { BarText.Limit(text: " (\($0))", short: $0) }
        return text
    }

    /// Rules that let callers in nevertheless: `except rule vip`.
    private var exceptions: String? { status.bypasses(in: scope).shortWords }

    /// How many lines reject the calls although this would have the text announced.
    private var briefRejected: String? {
        guard form.isInform else { return nil }
        let closures = rejectingClosures
        let count = lines.count { line in
            line.isClosedByOperator && closures.contains { $0.scope.covers(line) }
        }
        return count == 0 ? nil : count == lines.count ? "rejected" : "rejected on \(count)"
    }

    /// How many lines are closed, so that their callers hear no greeting.
    private var briefClosed: String? {
        let closed = lines.count { !$0.isOpen }
        return closed == 0 ? nil : closed == lines.count ? "closed: not heard" : "\(closed) of \(lines.count) closed"
    }
}

extension OverrideDraft {
    /// What to know before confirming, one sentence each, the most important one first.
    var facts: [String] {
        guard !isGone else { return [] }
        let names = Text.lineNames(scope, in: status)
        switch action {
        case .close: return literal + rejected + letIn + otherWords + replaced + [names, Self.failsOpen]
        case .greet: return literal + unheard + clearable + [names]
        case .clear: return clearing + [names]
        case .caller(let action): return facts(action)
        case .open:
            switch opening {
            case .lift, .followHours: return [forecast.words(now: now, on: clock), names]
            case .force: return keptClosed + closedNow + replaced + [names]
            case nil: return [names]
            }
        }
    }

    private static let failsOpen =
        "Calls in progress are not affected. If this server stops, callers reach the platform's default assistant."

    /// Closures that reject calls on lines of the scope, although this one would have them announced.
    private var rejected: [String] {
        guard form.isInform else { return [] }
        return rejectingClosures.compactMap { closure in
            let covered = lines.filter { closure.scope.covers($0) && $0.isClosedByOperator }
            guard !covered.isEmpty else { return nil }
            let names = covered.count == lines.count ? "" : " on \(covered.map(Text.name).shortList)"
            return "\(closure.words.capitalizedFirst) rejects: calls\(names) hear this text and end."
        }
    }

    private var rejectingClosures: [Override] {
        ActiveOverrides(status.overrides).closures.filter { $0.kind.rejects && $0.scope != scope }
    }

    /// Callers whom rules or operators let in nevertheless.
    private var letIn: [String] {
        let allowed = status.callers.allowed
        return (status.bypasses(in: scope).words.map { ["\($0)."] } ?? [])
            + (allowed == 0 ? [] : ["Still let in by an operator: \(Text.count(allowed, "caller"))."])
    }

    /// Callers whom rules reject with other words.
    private var otherWords: [String] { status.bypassRejections(in: scope).map { ["\($0)."] } ?? [] }

    /// Narrower closures, which a forced opening does not lift.
    private var keptClosed: [String] {
        let closures = ActiveOverrides(status.overrides).closures.filter { $0.scope != scope }
        let closed = lines.filter { line in
            line.isClosedByOperator && closures.contains { $0.scope.covers(line) }
        }
        return closed.isEmpty
            ? [] : ["Closures stay in force and keep closed: \(closed.map(Text.name).shortList)."]
    }

    /// What the lines do once the closures or forced openings of the scope have ended.
    private var forecast: OverrideForecast {
        OverrideForecast(ending: opening == .followHours ? .openings : .closures, of: scope, in: status, at: now)
    }

    private var closedNow: [String] {
        let closed = lines.filter { !$0.isOpen }
        guard !closed.isEmpty else {
            return openAnyway.map { [$0] } ?? ["Open now; this keeps them open past their hours."]
        }
        let byHours = closed.filter { line in if case .hours = line.by { true } else { false } }
        let names = byHours.prefix(8).map(Text.name).joined(separator: ", ")
        let more = byHours.count > 8 ? " and \(byHours.count - 8) more" : ""
        return (byHours.isEmpty ? [] : ["Closed now by hours: \(names)\(more)."])
            + lines.map(\.forcedOpen).closedByRules
    }

    /// That every line is open until the end, forced or not; `nil` where one would close before.
    private var openAnyway: String? {
        guard let end = end(until) else { return nil }
        let isOpenAnyway = lines.allSatisfy { line in
            let turn = line.withoutOverrides.map(\.turn) ?? line.turn
            return (line.withoutOverrides?.state ?? line.state).isOpen && (turn.map { $0.at >= end } ?? true)
        }
        return isOpenAnyway ? "Open until then without this, too." : nil
    }

    /// The closure or forced opening of the same scope, which does not come back by itself.
    private var replaced: [String] {
        status.overrides.filter { $0.scope == scope && $0.kind.isClosure }.map { override in
            let end = override.until.map { "until \(moment($0))" } ?? override.kind.withoutEnd
            return "Replaces \(override.kind.phrases.noun) \(Text.scope(scope, in: status)) (\(end))."
        }
    }

    /// That a placeholder is not filled in, where the text has one.
    var literal: [String] {
        OverrideCaveat.words(ofText: form[.text].text).map { ["\($0.capitalizedFirst)."] } ?? []
    }

    /// The same in a few words.
    private var briefLiteral: String? { literal.isEmpty ? nil : "{{...}} literally" }

    private var clearable: [String] {
        greetings.isEmpty ? [] : ["A greeting is already forced here; x clears it."]
    }

    /// Closed lines, whose callers do not hear a greeting; short enough for the smallest screen.
    private var unheard: [String] {
        let foreign = lines.filter { if case .otherServer = $0.says { true } else { false } }
        let other =
            foreign.isEmpty ? [] : ["Another server answers \(foreign.map(Text.name).shortList): not heard there."]
        return closedUnheard + other
    }

    private var closedUnheard: [String] {
        let closed = lines.count { !$0.isOpen }
        guard closed > 0 else { return [] }
        guard closed < lines.count else {
            return [lines.count == 1 ? "It is closed: callers do not hear it." : "All closed: callers do not hear it."]
        }
        return ["\(closed) of \(lines.count) closed: their callers do not hear it."]
    }

    private var clearing: [String] {
        greetings.prefix(2).map { greeting in
            let since = Text.since(greeting.since, on: clock, now: now)
            return "Clears \"\(greeting.kind.text ?? "")\", set \(since) by \(greeting.who.user)."
        }
    }
}

extension OverrideForecast {
    /// Whether it is about lines that are all no longer in the rules file.
    func isIdle(in status: ServerStatus) -> Bool {
        open.isEmpty && closed.isEmpty && unknown.isEmpty && !status.lines.isEmpty
    }

    /// Which lines are open then, and what keeps the others closed.
    func words(now: Instant, on clock: LocalClock) -> String {
        let count = open.count + closed.count + unknown.count
        guard count > 0 else { return "The rules answer every number then." }
        guard open.count < count else {
            return count == 1 ? "The line is open then." : "All \(count) lines are open then."
        }
        let parts = closed.grouped { $0.reason }.map { reason, lines in
            let names = lines.map { line in
                Text.name(line.line) + (line.opens.map { " (\(Text.moment($0, on: clock, now: now)))" } ?? "")
            }
            return "\(lines.count) closed by \(reason): \(names.shortList)"
        }
        let forced =
            unknown.isEmpty ? [] : ["the rules answer, whatever the hours: \(unknown.map(Text.name).shortList)"]
        return "\(open.count) of \(count) open then; \((parts + forced).joined(separator: "; "))."
    }
}

extension OverrideForecast.Closed {
    /// What closes the line.
    fileprivate var reason: String {
        switch by {
        case .hours: "hours"
        case .override(let scope): "the closure of \(scope.words)"
        case .rule, .arm, .block, .unknownLine, .noNumber, .otherwise, .deadline: by.description
        }
    }
}

extension String {
    /// The text with a capital at its beginning.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
