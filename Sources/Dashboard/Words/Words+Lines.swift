// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

extension Words {
    /// How the lines stand, as the header says it: the state, and what is known beside it.
    static func standing(of desk: DeskStatus, now: Instant, dot: String) -> (words: String, beside: String, role: Role)
    {
        let lines = count(desk.lines.count, "line")
        switch desk.closure?.kind {
        case .closed, .inform: return ("CLOSED by the operator", "\(dot) \(lines)", .closed)
        case .forcedOpen: return ("FORCED OPEN", "\(dot) \(lines)", .forced)
        case .greeting, nil: break
        }
        let open = desk.lines.count(where: \.isOpen)
        guard !desk.lines.isEmpty else { return ("OPEN", "\(dot) no lines in the rules file", .open) }
        guard open == 0 || open == desk.lines.count else {
            return (
                "\(open) of \(desk.lines.count) lines open", change(desk.lines, now: now, word: "\(dot) next change"),
                .alertBar
            )
        }
        let until = change(desk.lines, now: now, word: "until")
        let word = open > 0 ? "OPEN" : "CLOSED"
        return (until.isEmpty ? word : "\(word) \(until)", "\(dot) \(lines)", open > 0 ? .open : .closed)
    }

    /// That every line is open, in words.
    static func allOpen(_ lines: [LineStatus]) -> String {
        switch lines.count {
        case 0: "there are no lines in the rules file"
        case 1: "the line is open"
        default: "all \(lines.count) lines are open"
        }
    }

    /// Which lines a switch touches.
    static func scope(_ scope: Scope) -> String {
        switch scope {
        case .all: "all lines"
        case .group(let name): "group \(name)"
        case .line(let number): "line \(number)"
        }
    }

    /// The first change that comes by itself.
    private static func change(_ lines: [LineStatus], now: Instant, word: String) -> String {
        let changes = lines.compactMap { line in line.until.map { (at: $0, offset: line.untilOffset) } }
        guard let first = changes.min(by: { $0.at < $1.at }) else { return "" }
        return "\(word) \(moment(first.at, offset: first.offset, now: now))"
    }
}
