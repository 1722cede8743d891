// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// The words of a dialog: its title, what it will do, and what its field is for.
struct DialogWords {
    let title: String
    let lines: [String]
    var label = ""

    init(_ purpose: Dialog.Purpose, in state: DashboardState) {
        switch purpose {
        case .close:
            title = "Close all lines (\(state.desk?.lines.count ?? 0))"
            lines = [
                "New callers are rejected and hear this text.", Self.touched(state.desk),
                "Calls that are going on are not changed. If this server stops, callers reach the normal assistant.",
            ]
            label = "Callers hear"
        case .open(let wish):
            (title, lines) = Self.opening(wish, in: state)
        case .greet(let isForced):
            title = "Greet every caller"
            let until = isForced ? "One is in force already: x clears it." : "It holds until you clear it."
            lines =
                Self.deafness(state.desk) + [
                    "Every caller who is let in is greeted so. \(until)", Self.touched(state.desk),
                ]
            label = "Greeting"
        case .export:
            title = "Export"
            lines = [
                "Writes \(Words.count(state.log.sequences.count, "call")), one JSON object a line. It holds numbers."
            ]
            label = "File"
        case .overwrite(let path):
            title = "Export"
            lines = ["\(path) exists: overwrite? y/N"]
        case .quit:
            title = "Quit"
            lines = Self.losses(state)
        case .suspend:
            title = "Suspend"
            lines = [
                "Suspending stops answering calls. s: suspend anyway, Esc: back.",
                "Callers then reach the normal assistant.",
            ]
        }
    }

    /// The lines that a switch touches, by name.
    private static func touched(_ desk: DeskStatus?) -> String {
        let lines = desk?.lines ?? []
        guard !lines.isEmpty else { return "There are no lines in the rules file: every number is meant." }
        let names = lines.prefix(8).map { $0.name.isEmpty ? $0.number.description : $0.name }.joined(separator: ", ")
        let rest = lines.count > 8 ? " and \(lines.count - 8) more" : ""
        return "All lines (\(lines.count)): \(names)\(rest)."
    }

    /// Who does not hear a greeting, because their calls are rejected; short enough for the smallest screen.
    private static func deafness(_ desk: DeskStatus?) -> [String] {
        guard let desk else { return [] }
        let all = desk.lines.count
        let closed = desk.lines.count { !$0.isOpen }
        if case .closed? = desk.closure?.kind { return ["All closed: rejected callers do not hear it."] }
        guard closed > 0 else { return [] }
        guard closed < all else { return ["All closed: rejected callers do not hear it."] }
        return ["\(closed) of \(all) closed: their callers do not hear it."]
    }

    private static func opening(_ wish: OpenWish, in state: DashboardState) -> (String, [String]) {
        let since = state.desk?.closure.map { "since \(state.clock.local($0.since).clock) by \($0.who.user)" } ?? ""
        switch wish {
        case .takeBack:
            let then = "Each line then follows its hours again, and the rules answer."
            return ("Open all lines", ["Takes back the closure \(since).", then])
        case .skipHours:
            let closed = (state.desk?.lines ?? []).filter { !$0.isOpen }
            let names = closed.prefix(8).map(\.name).joined(separator: ", ")
            let what = "The hours close \(Words.count(closed.count, "line")) now: \(names)."
            return (
                "Open all lines",
                [what, "Opening skips the hours until you take it back: callers get what the rules answer."]
            )
        case .followHours:
            return (
                "Back to the hours", ["The lines are forced open \(since).", "They then follow their hours again."]
            )
        }
    }

    private static func losses(_ state: DashboardState) -> [String] {
        let live = state.liveCalls
        let unsaved = state.log.totals.calls - state.exportedCalls
        var lines: [String] = []
        if live > 0 { lines.append("\(Words.count(live, "call")) going on.") }
        if unsaved > 0 { lines.append("\(Words.count(unsaved, "call")) not exported.") }
        return lines + ["Without this server, callers reach the normal assistant."]
    }
}
