// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// An override in words, as the operator reads it at a moment.
struct OverrideText {
    private let override: Override
    private let desk: ServerStatus
    private let now: Instant
    private let clock: LocalClock
    private let glyphs: Glyphs

    init(_ override: Override, desk: ServerStatus, now: Instant, clock: LocalClock, glyphs: Glyphs) {
        self.override = override
        self.desk = desk
        self.now = now
        self.clock = clock
        self.glyphs = glyphs
    }

    /// Below this the seconds are counted down.
    private static let countdown: Int64 = 3600
    /// The columns of a reason in a bar; a longer story is told where the line is looked at.
    private static let reasonWidth = 30

    /// The full-width bar.
    func bar(isNarrow: Bool) -> BarText {
        let head = "\(title) \(until)\(old)" + (old.isEmpty ? ": " : " ")
        // Where it is narrow, what callers hear matters more than why, since when and by whom.
        let tail = isNarrow ? "" : " \(reason)\(since)"
        let short = isNarrow ? "" : " \(reason)\(override.who.user)"
        switch override.kind {
        case .closed(let text):
            return BarText(
                head: head, quote: text, tail: tail, shortTail: short,
                caveat: " \(glyphs.dash) if this server stops, callers reach the normal assistant", role: .closed)
        case .inform(let text):
            return BarText(
                head: head, quote: text, tail: tail, shortTail: short,
                caveat: " \(glyphs.dash) in a short call", role: .closed)
        case .forcedOpen:
            let comma = isNarrow || !override.reason.isEmpty ? "" : ","
            return BarText(
                head: "\(head)the rules answer\(comma)", tail: tail, shortTail: short,
                caveat: " \(glyphs.dash) hours are skipped", role: .forced)
        case .greeting(let text):
            return BarText(head: head, quote: text, tail: tail, shortTail: short, role: .forced)
        }
    }

    /// What it is and whom it touches.
    var title: String {
        let scope =
            Words.scope(override.scope, in: desk)
            + (desk.isIdle(override) ? " (not in the rules file: touches nobody)" : "")
        return switch override.kind {
        case .closed: "CLOSED \(scope)"
        case .inform: "CLOSED (INFORM) \(scope)"
        case .forcedOpen: "FORCED OPEN \(scope)"
        case .greeting: "FORCED GREETING \(scope)"
        }
    }

    /// When it ends, with the time that is left once it is short.
    var until: String {
        guard let end = override.until else { return "until reopened" }
        let left = (end.microseconds(since: now) + 999_999) / 1_000_000
        let countdown = left < Self.countdown ? " (ends in \(Words.length(seconds: Int(left))))" : ""
        return "until \(Words.moment(end, on: clock, now: now))\(countdown)"
    }

    /// Calls out what has been in force for so long that it may have been forgotten.
    private var old: String {
        guard override.isOld(at: now) else { return "" }
        let hours = now.microseconds(since: override.since) / 3_600_000_000
        return " SINCE \(moment), \(hours) h: still right?"
    }

    /// Why, in brackets.
    private var reason: String {
        guard !override.reason.isEmpty else { return "" }
        return "(\(CleanText.cut(override.reason, to: Self.reasonWidth, ellipsis: glyphs.ellipsis))) "
    }

    /// Since when and by whom; what is old says since when already.
    private var since: String {
        override.isOld(at: now) ? override.who.user : "since \(moment), \(override.who.user)"
    }

    private var moment: String { Words.since(override.since, on: clock, now: now) }
}

/// An order that was given: the screen says *pending* until the desk tells what came of it.
struct PendingOverride: Hashable, Sendable {
    /// What was asked for, such as `close group amsterdam`.
    private let deed: String
    /// What callers will hear, if it makes them hear something.
    private let text: String?

    init(_ order: OverrideCommand, at desk: ServerStatus) {
        let words: (deed: String, text: String?) =
            switch order {
            case .begin(let kind, let scopes, reason: _, until: _):
                ("\(Self.deed(of: kind)) \(Self.names(scopes, desk))", kind.text)
            case .open(let scopes): ("open \(Self.names(scopes, desk))", nil)
            case .followHours(let scopes): ("back to the hours on \(Self.names(scopes, desk))", nil)
            case .clearGreeting(let scopes): ("clear the forced greeting of \(Self.names(scopes, desk))", nil)
            case .end(let id): ("end override \(id)", nil)
            case .undo: ("take back: \(desk.undo?.words ?? "the last action")", nil)
            }
        (deed, text) = words
    }

    /// The order in words, for the bar.
    func words(dash: String) -> BarText {
        let head = "PENDING \(deed) \(dash) not confirmed yet"
        return BarText(
            head: text == nil ? head : "\(head) \(dash) callers will hear: ", quote: text, role: .alertBar)
    }

    private static func deed(of kind: Override.Kind) -> String {
        switch kind {
        case .closed: "close"
        case .inform: "close (inform)"
        case .forcedOpen: "force open"
        case .greeting: "greet on"
        }
    }

    private static func names(_ scopes: [Scope], _ desk: ServerStatus) -> String {
        scopes.map { Words.scope($0, in: desk) }.formattedList
    }
}
