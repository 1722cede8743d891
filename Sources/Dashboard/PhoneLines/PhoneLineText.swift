// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

extension LineStatus.State {
    var words: String {
        switch self {
        case .open: "OPEN"
        case .closed: "CLOSED"
        case .inform: "INFORM"
        case .forcedOpen: "FORCED OPEN"
        }
    }

    var role: Role {
        switch self {
        case .open: .open
        case .closed, .inform: .closed
        case .forcedOpen: .forced
        }
    }
}

extension LineStatus {
    /// The state, until when, and what comes then.
    func standing(now: Instant) -> String {
        guard let until else {
            if case .override = by { return "\(state.words) until reopened" }
            return state == .forcedOpen ? "\(state.words) until reopened" : state.words
        }
        let end = "\(state.words) until \(Words.moment(until, offset: untilOffset, now: now))"
        return next.map { "\(end), then \($0.state.words)" } ?? end
    }
}

extension Words {
    /// How the lines stand, as the header says it.
    struct Standing {
        let words: String
        /// What only an operator makes lines do, such as that one of them informs.
        var special = ""
        /// How many lines there are, or when the next one changes.
        let beside: String
        let role: Role
    }

    /// How the lines stand: the state, and what is known beside it.
    static func standing(of desk: ServerStatus, now: Instant, dot: String) -> Standing {
        let lines = "\(dot) \(count(desk.lines.count, "line"))"
        switch desk.closure(of: .all)?.kind {
        case .closed: return Standing(words: "CLOSED by the operator", beside: lines, role: .closed)
        case .inform: return Standing(words: "CLOSED (INFORM) by the operator", beside: lines, role: .closed)
        case .forcedOpen: return Standing(words: "FORCED OPEN", beside: lines, role: .forced)
        case .greeting, nil: break
        }
        guard !desk.lines.isEmpty else {
            return Standing(words: "OPEN", beside: "\(dot) no lines in the rules file", role: .open)
        }
        let open = desk.lines.count(where: \.isOpen)
        let special = special(desk.lines, dot: dot)
        guard open == 0 || open == desk.lines.count else {
            let next = change(desk.lines, now: now, word: "\(dot) next change")
            let words = "\(number(open)) of \(number(desk.lines.count)) lines open"
            return Standing(words: words, special: special, beside: next, role: .alertBar)
        }
        let until = change(desk.lines, now: now, word: " until")
        return Standing(
            words: (open > 0 ? "OPEN" : "CLOSED") + until, special: special, beside: lines,
            role: open > 0 ? .open : .closed)
    }

    /// How many lines stand as only an operator makes them stand.
    private static func special(_ lines: [LineStatus], dot: String) -> String {
        [LineStatus.State.inform, .forcedOpen].compactMap { state in
            let count = lines.count { $0.state == state }
            return count == 0 ? nil : "\(dot) \(number(count)) \(state.words)"
        }.joined(separator: " ")
    }

    /// That every line is open, in words.
    static func allOpen(_ lines: [LineStatus]) -> String {
        switch lines.count {
        case 0: "there are no lines in the rules file"
        case 1: "the line is open"
        default: "all \(lines.count) lines are open"
        }
    }

    /// The first change that comes by itself.
    private static func change(_ lines: [LineStatus], now: Instant, word: String) -> String {
        let changes = lines.compactMap { line in line.until.map { (at: $0, offset: line.untilOffset) } }
        guard let first = changes.min(by: { $0.at < $1.at }) else { return "" }
        return "\(word) \(moment(first.at, offset: first.offset, now: now))"
    }
}
