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
    /// The state, its end, and what follows: by the desk's clock, and by the line's own where that shows another time.
    func stateText(now: Instant, on clock: LocalClock) -> String {
        guard let change = stateChange else {
            // With no change at all ahead, only an operator ends what an operator set.
            return isSetByOperator && changes.isEmpty ? "\(state.words) \(withoutEnd)" : state.words
        }
        return "\(state.words) until \(change.time(now: now, on: clock)), then \(change.state.words)"
    }

    private var withoutEnd: String { state == .forcedOpen ? "until removed" : "until reopened" }

    private var isSetByOperator: Bool {
        if case .override = by { true } else { state == .forcedOpen }
    }
}

extension LineStatus.Change {
    /// When it comes, by the desk's clock and, where that differs, by the line's own.
    func time(now: Instant, on clock: LocalClock) -> String {
        Text.moment(at, on: clock, now: now) + (local(besides: clock.local).map { " (\($0))" } ?? "")
    }
}

extension LinesSummary {
    /// Lines that an operator closed are an alarm; those that their hours close are not.
    var role: Role {
        switch state {
        case .noLines(.closed), .noLines(.inform): .closed
        case .noLines(.forcedOpen): .forced
        case .noLines(.greeting), .noLines(nil): .open
        case .allOpen: forced > 0 ? .forced : .open
        case .allClosed, .some: closedByOperator > 0 ? .closed : forced > 0 ? .forced : .text
        }
    }
}

extension LineStatus {
    /// The line as it would be if its hours were skipped, as far as the server reports it.
    var forcedOpen: LineStatus {
        guard let forced = withoutOverrides?.forcedOpen else { return self }
        return LineStatus(
            number: number, name: name, group: group, state: forced.state, by: forced.by, says: says, until: nil,
            untilOffset: untilOffset, next: nil)
    }
}

extension [LineStatus] {
    /// Lines that rules close, a sentence for each rule: only the rules file opens them.
    var closedByRules: [String] {
        let closed = filter { line in
            switch line.by {
            case .hours, .override: false
            case .rule, .arm, .block, .unknownLine, .noNumber, .otherwise, .deadline: !line.isOpen
            }
        }
        return closed.grouped { $0.by }.map { decider, lines in
            let names = lines.map(Text.name).shortList
            let name = decider == .otherwise ? "The answer in otherwise" : decider.description.capitalizedFirst
            return "\(name) of the rules file closes \(names)."
        }
    }
}

extension Text {
    /// That every line is open.
    static func allOpen(_ lines: [LineStatus]) -> String {
        switch lines.count {
        case 0: "the rules file has no lines"
        case 1: "the line is open"
        default: "all \(lines.count) lines are open"
        }
    }
}
