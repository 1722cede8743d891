// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

extension OverrideDraft {
    var title: String {
        let scope = Words.scope(scope, in: desk)
        return switch act {
        case .close: "Close \(scope)"
        case .greet: "Greet on \(scope)"
        case .clear: "Clear the greeting of \(scope)"
        case .open:
            switch wish {
            case .followHours: "Back to the hours: \(scope)"
            case .force: "Force open \(scope)"
            case .takeBack, nil: "Open \(scope)"
            }
        }
    }

    private var touched: String { Words.touched(scope, in: desk) }

    /// Until when, for the end of a sentence.
    private var untilWords: String {
        switch until {
        case .reopened: "until somebody reopens"
        case .nextChange, .lasting, .time:
            end(until).map { "until \(moment($0))" } ?? "until the time that you type"
        }
    }

    private func quote(_ ellipsis: String) -> String {
        let text = form[.text].trimmed
        return text.isEmpty ? ellipsis : text
    }

    /// What will be, in one sentence.
    func outcome(ellipsis: String) -> BarText {
        let quote = quote(ellipsis)
        switch act {
        case .close where form.isInform:
            let head = "New callers of \(touched) are told, in a short call, "
            return BarText(head: head, quote: quote, tail: " \(untilWords).", role: .dialog, leastQuote: 8)
        case .close:
            let head = "New callers of \(touched) are rejected and hear "
            return BarText(head: head, quote: quote, tail: " \(untilWords).", role: .dialog, leastQuote: 8)
        case .greet:
            let head = "Callers who are let in on \(touched) are greeted with "
            return BarText(head: head, quote: quote, tail: " \(untilWords).", role: .dialog, leastQuote: 8)
        case .clear:
            return BarText(head: "Callers of \(touched) are greeted as the rules say again.", role: .dialog)
        case .open: return BarText(head: opening, role: .dialog)
        }
    }

    private var opening: String {
        switch wish {
        case .takeBack: "Takes back \(takenBack { $0.kind != .forcedOpen })."
        case .followHours: "Takes back \(takenBack { $0.kind == .forcedOpen })."
        case .force: "New callers of \(touched) get what the rules answer, whatever the hours, \(untilWords)."
        case nil: nothingToOpen
        }
    }

    private var nothingToOpen: String {
        guard wishes.isEmpty else { return "Meanwhile somebody else did something: choose the kind anew." }
        guard let wide = desk.closure(over: scope) else {
            return "Nothing closes \(touched): there is nothing to open."
        }
        return "The closure of \(Words.scope(wide.scope, in: desk)) closes it: open that first."
    }

    /// The overrides that would be taken back, in words.
    private func takenBack(_ isMeant: (Override) -> Bool) -> String {
        let overrides = desk.overrides(within: scope).filter { $0.kind.isClosure && isMeant($0) }
        let words = overrides.prefix(3).map { override in
            let what = override.kind == .forcedOpen ? "the forced opening" : "the closure"
            let since = Words.since(override.since, on: clock, now: now)
            return "\(what) of \(Words.scope(override.scope, in: desk)) (since \(since), \(override.who.user))"
        }
        return (words + (overrides.count > 3 ? ["\(overrides.count - 3) more"] : [])).formattedList
    }

    /// The outcome for a single narrow row.
    func brief(ellipsis: String) -> BarText {
        let quote = quote(ellipsis)
        let tail = " \(untilWords)"
        switch act {
        case .close where form.isInform:
            return BarText(head: "Tell \(touched): ", quote: quote, tail: tail, role: .dialog, leastQuote: 4)
        case .close:
            return BarText(head: "Reject \(touched): ", quote: quote, tail: tail, role: .dialog, leastQuote: 4)
        case .greet:
            return BarText(head: "Greet \(touched): ", quote: quote, tail: tail, role: .dialog, leastQuote: 4)
        case .open where wish == .force:
            return BarText(head: "Force open \(touched) \(untilWords)", role: .dialog)
        case .open, .clear: return outcome(ellipsis: ellipsis)
        }
    }
}

extension OverrideDraft {
    /// What is good to know before it is confirmed, a sentence each, the most important one first.
    var facts: [String] {
        let roll = Words.roll(scope, in: desk)
        switch act {
        case .close: return wider + [roll, Self.failsOpen]
        case .greet: return deafness + replaced + [roll]
        case .clear: return clearing + [roll]
        case .open:
            switch wish {
            case .takeBack: return wider + ["The lines then follow their hours, and the rules answer.", roll]
            case .followHours: return wider + ["The lines then open and close by their hours again.", roll]
            case .force: return closedNow + [roll]
            case nil: return [roll]
            }
        }
    }

    private static let failsOpen =
        "Calls that are going on are not changed. If this server stops, callers reach the normal assistant."

    /// What counts before it, if something wider does.
    private var wider: [String] {
        guard let wide = desk.closure(over: scope) else { return [] }
        return ["The closure of \(Words.scope(wide.scope, in: desk)) counts first, and still holds."]
    }

    private var closedNow: [String] {
        let closed = lines.filter { !$0.isOpen }
        guard !closed.isEmpty else { return ["They are open now: this keeps them open past their hours."] }
        let names = closed.prefix(8).map(Words.name).joined(separator: ", ")
        return ["Closed now: \(names)\(closed.count > 8 ? " and \(closed.count - 8) more" : "")."]
    }

    private var replaced: [String] {
        greetings.isEmpty ? [] : ["A greeting is forced here already: x clears it."]
    }

    /// Who does not hear a greeting, because their calls are rejected; short enough for the smallest screen.
    private var deafness: [String] {
        let closed = lines.count { !$0.isOpen }
        guard closed > 0 else { return [] }
        guard closed < lines.count else {
            return [lines.count == 1 ? "It is closed: callers do not hear it." : "All closed: callers do not hear it."]
        }
        return ["\(closed) of \(lines.count) closed: their callers do not hear it."]
    }

    private var clearing: [String] {
        greetings.prefix(2).map { greeting in
            let since = Words.since(greeting.since, on: clock, now: now)
            return "Takes back \"\(greeting.kind.text ?? "")\" since \(since), \(greeting.who.user)."
        }
    }
}
