// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

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
