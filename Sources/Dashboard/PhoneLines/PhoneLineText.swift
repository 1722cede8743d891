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
    /// The state, its end, and what follows.
    func stateText(now: Instant) -> String {
        guard let until else {
            if case .override = by { return "\(state.words) until reopened" }
            return state == .forcedOpen ? "\(state.words) until reopened" : state.words
        }
        let end = "\(state.words) until \(Text.moment(until, offset: untilOffset, now: now))"
        return next.map { "\(end), then \($0.state.words)" } ?? end
    }
}

extension Text {
    /// The state of all lines together, for the header.
    struct Summary {
        let state: String
        /// Lines in a state that only an operator can set, such as one that informs.
        var special = ""
        /// How many lines there are, or when the next one changes.
        let detail: String
        let role: Role
    }

    /// The state of all lines together.
    static func summary(of status: ServerStatus, now: Instant, dot: String) -> Summary {
        let lines = "\(dot) \(count(status.lines.count, "line"))"
        switch status.closure(of: .all)?.kind {
        case .closed: return Summary(state: "CLOSED by the operator", detail: lines, role: .closed)
        case .inform: return Summary(state: "CLOSED (INFORM) by the operator", detail: lines, role: .closed)
        case .forcedOpen: return Summary(state: "FORCED OPEN", detail: lines, role: .forced)
        case .greeting, nil: break
        }
        guard !status.lines.isEmpty else {
            return Summary(state: "OPEN", detail: "\(dot) no lines in the rules file", role: .open)
        }
        let open = status.lines.count(where: \.isOpen)
        let special = special(status.lines, dot: dot)
        guard open == 0 || open == status.lines.count else {
            let next = change(status.lines, now: now, word: "\(dot) next change")
            let state = "\(number(open)) of \(number(status.lines.count)) lines open"
            return Summary(state: state, special: special, detail: next, role: .alertBar)
        }
        let until = change(status.lines, now: now, word: " until")
        return Summary(
            state: (open > 0 ? "OPEN" : "CLOSED") + until, special: special, detail: lines,
            role: open > 0 ? .open : .closed)
    }

    /// How many lines are in a state that only an operator can set.
    private static func special(_ lines: [LineStatus], dot: String) -> String {
        [LineStatus.State.inform, .forcedOpen].compactMap { state in
            let count = lines.count { $0.state == state }
            return count == 0 ? nil : "\(dot) \(number(count)) \(state.words)"
        }.joined(separator: " ")
    }

    /// That every line is open.
    static func allOpen(_ lines: [LineStatus]) -> String {
        switch lines.count {
        case 0: "the rules file has no lines"
        case 1: "the line is open"
        default: "all \(lines.count) lines are open"
        }
    }

    /// The first change that hours or an end will make.
    private static func change(_ lines: [LineStatus], now: Instant, word: String) -> String {
        let changes = lines.compactMap { line in line.until.map { (at: $0, offset: line.untilOffset) } }
        guard let first = changes.min(by: { $0.at < $1.at }) else { return "" }
        return "\(word) \(moment(first.at, offset: first.offset, now: now))"
    }
}
