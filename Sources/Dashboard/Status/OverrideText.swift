// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// An override in words, as the operator reads it now.
struct OverrideText {
    private let override: Override
    private let status: ServerStatus
    private let now: Instant
    private let clock: LocalClock
    private let glyphs: Glyphs

    init(_ override: Override, status: ServerStatus, now: Instant, clock: LocalClock, glyphs: Glyphs) {
        self.override = override
        self.status = status
        self.now = now
        self.clock = clock
        self.glyphs = glyphs
    }

    /// Below this many seconds the end is counted down.
    private static let countdown: Int64 = 3600
    /// The columns of a reason in a bar; the page of a phone line shows all of it.
    private static let reasonWidth = 30

    /// The full-width bar; it says that callers hear the text only where they do, and in a record nothing of a server that runs.
    func bar(isNarrow: Bool, isOfRecord: Bool) -> BarText {
        let reach = OverrideReach(override, in: status, at: now)
        let head = "\(title) \(until)\(old)" + (old.isEmpty ? ": " : " ")
        let body = override.kind == .forcedOpen && !reach.isUnheard ? "the rules answer" : ""
        var bar = BarText(head: head + body, role: override.kind.role)
        if override.kind != .forcedOpen, !reach.isUnheard { bar.quote = override.kind.text }
        bar.limits = limits(reach)
        if reach.isUnheard { bar.briefHead = "\(title) \(until)\(old)" }
        if !bar.limits.isEmpty || status.isIdle(override) { bar.shortHead = "\(shortTitle) \(shortUntil)" }
        // On a narrow screen, what callers hear matters more than reason, start and operator.
        if !isNarrow {
            let comma = bar.quote == nil && bar.limits.isEmpty && override.reason.isEmpty ? "," : ""
            bar.tail = "\(comma) \(reason)\(since)"
            bar.shortTail = "\(comma) \(reason)\(override.who.user)"
        }
        bar.caveats = caveats(reach, isOfRecord: isOfRecord).map { " \(glyphs.dash) \($0)" }
        return bar
    }

    /// What makes it less than its title says: where callers do not hear it, and whom rules let in nevertheless.
    private func limits(_ reach: OverrideReach) -> [BarText.Limit] {
        let causes = reach.words.map { " (\(status.naming($0)))" } ?? ""
        let limit =
            reach.isUnheard
            ? BarText.Limit(text: unheard + causes, short: shortUnheard)
            : reach.shortWords.map { BarText.Limit(text: causes, short: $0) }
        return [limit, letIn].compactMap(\.self)
    }

    /// What is shown instead of a text that nobody hears.
    private var unheard: String {
        switch override.kind {
        case .closed, .inform, .greeting: "callers do not hear it"
        case .forcedOpen: "opens nothing now"
        }
    }

    private var shortUnheard: String {
        switch override.kind {
        case .closed, .inform, .greeting: "not heard"
        case .forcedOpen: "opens nothing"
        }
    }

    /// What else to know, the most important one first.
    private func caveats(_ reach: OverrideReach, isOfRecord: Bool) -> [String] {
        switch override.kind {
        case .closed where isOfRecord: []
        case .closed: ["if this server stops, callers reach the platform's default assistant"]
        case .inform: reach.limits.isEmpty ? ["announced by the assistant"] : []
        case .forcedOpen: ["business hours are ignored"]
        case .greeting: []
        }
    }

    /// Callers whom rules let in nevertheless: `still let in: rule vip (3 numbers)`.
    private var letIn: BarText.Limit? {
        let bypasses = status.bypasses(in: override.scope)
        guard override.kind.closes, !status.isIdle(override), let words = bypasses.words,
            let short = bypasses.shortWords
        else { return nil }
        return BarText.Limit(
            text: " \(glyphs.dash) \(words.prefix(1).lowercased() + words.dropFirst())", isLast: true, short: short)
    }

    /// What it is and which lines it applies to.
    var title: String {
        let scope = Text.scope(override.scope, in: status)
        return "\(override.kind.phrases.title) \(scope)"
            + (status.isIdle(override) ? " (not in the rules file: no effect)" : "")
    }

    private var shortTitle: String {
        status.isIdle(override)
            ? "NO EFFECT: \(override.kind.phrases.title) \(Text.scope(override.scope, in: status))" : title
    }

    /// Its end, with a countdown once that is near.
    var until: String {
        guard let end = override.until else { return override.kind.withoutEnd }
        let left = (end.microseconds(since: now) + 999_999) / 1_000_000
        let countdown = left < Self.countdown ? " (ends in \(DurationText.clock(seconds: Int(left))))" : ""
        return "until \(Text.moment(end, on: clock, now: now))\(countdown)"
    }

    /// Its end without a countdown.
    private var shortUntil: String {
        override.until.map { "until \(Text.moment($0, on: clock, now: now))" } ?? override.kind.withoutEnd
    }

    /// Points out an override that has been in force for so long that it may have been forgotten.
    private var old: String {
        guard override.isOld(at: now) else { return "" }
        let hours = now.microseconds(since: override.since) / 3_600_000_000
        return " SINCE \(moment), \(hours) h: still right?"
    }

    /// The reason, in brackets.
    private var reason: String {
        guard !override.reason.isEmpty else { return "" }
        return "(\(CleanText.cut(override.reason, to: Self.reasonWidth, ellipsis: glyphs.ellipsis))) "
    }

    /// Start and operator; an old override names its start already.
    private var since: String {
        override.isOld(at: now) ? override.who.user : "since \(moment), \(override.who.user)"
    }

    private var moment: String { Text.since(override.since, on: clock, now: now) }
}

/// A command that was sent and not answered yet; the screen shows it as pending.
struct PendingOverride: Hashable, Sendable {
    /// What was asked for, such as `close group amsterdam`.
    private let action: String
    /// What callers will hear, if anything.
    private let text: String?
    let command: OverrideCommand

    init(_ command: OverrideCommand, at status: ServerStatus) {
        self.command = command
        let parts: (action: String, text: String?) =
            switch command {
            case .begin(let kind, let scopes, reason: _, until: _):
                ("\(Self.action(of: kind)) \(Self.names(scopes, status))", kind.text)
            case .open(let scopes): ("open \(Self.names(scopes, status))", nil)
            case .followHours(let scopes): ("follow the hours on \(Self.names(scopes, status))", nil)
            case .clearGreeting(let scopes): ("clear the forced greeting of \(Self.names(scopes, status))", nil)
            case .beginOnCallers(let kind, let callers, reason: _, until: _):
                ("\(kind.isBlock ? "block" : "allow") \(callers.asCallers)", kind.text)
            case .clearCallers(let callers): ("remove what is set for \(callers.asCallers)", nil)
            case .end(let id): ("end override \(id)", nil)
            case .undo: ("undo: \(status.undo.map { status.naming($0.words) } ?? "the last action")", nil)
            case .note: ("write a note", nil)
            case .remark(let change, let call): (change.request(on: call), nil)
            }
        (action, text) = parts
    }

    /// The bar for it.
    func bar(dash: String) -> BarText {
        let head = "PENDING \(action) \(dash) not confirmed yet"
        return BarText(
            head: text == nil ? head : "\(head) \(dash) callers will hear: ", quote: text, role: .alertBar)
    }

    private static func action(of kind: Override.Kind) -> String {
        switch kind {
        case .closed: "close"
        case .inform: "close (inform)"
        case .forcedOpen: "force open"
        case .greeting: "greet on"
        }
    }

    private static func names(_ scopes: [Scope], _ status: ServerStatus) -> String {
        scopes.map { Text.scope($0, in: status) }.formattedList
    }
}

extension RemarkChange {
    /// What is asked for.
    fileprivate func request(on call: CallID) -> String {
        switch self {
        case .mark: "mark call \(call.text)"
        case .unmark: "remove the mark of call \(call.text)"
        case .note: "write a note on call \(call.text)"
        case .rewriteNote(.some): "rewrite your note on call \(call.text)"
        case .rewriteNote(nil): "remove your note on call \(call.text)"
        case .removeNotes: "remove the notes of call \(call.text)"
        }
    }
}
