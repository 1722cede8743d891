// SPDX-License-Identifier: Apache-2.0

import EventLog
import Screen

/// What is the same on every screen.
enum ProgramKey: CaseIterable, Sendable {
    case export, mask, help, messages, commandLine, reload, back, leave, redraw, suspend, stop, quit

    var binding: Binding {
        switch self {
        case .mask:
            bind(
                [.character("P")], "P", "mask", "mask telephone numbers but for three digits, or show them again",
                word: "mask")
        case .export:
            bind(
                [.character("e")], "e", "export",
                "write calls to a file: JSON Lines, CSV or Markdown; all, shown or marked ones", bar: 8, word: "export")
        case .help: bind([.character("?"), .function(1)], "? F1", "help", "this help", bar: 0, word: "help")
        case .messages:
            bind(
                [.character("!")], "!", "messages",
                "messages: reload results, refused requests, what other operators do", word: "messages")
        case .commandLine: bind([.character(":")], ":", "command", "command line; Tab completes, Up and Down recall")
        case .reload:
            bind([], ":reload", "reload", "read the rules file again; saving it does the same", word: "reload")
        case .back: bind([.character("q")], "q", "back", "back; in the calls: quit, after asking")
        case .leave: bind([.escape], "Esc", "back", "back; clears the search, then the filter; never quits")
        case .redraw: bind([.control("l")], "^L", "redraw", "redraw", word: "redraw")
        case .suspend:
            bind([.control("z")], "^Z", "suspend", "suspend (asks first, because answering stops)")
        case .stop:
            bind([.control("c")], "^C", "stop", "stop; a server first says what that means, and stops if pressed again")
        case .quit: bind([], ":quit", "quit", "quit; asks if calls would be lost", word: "quit")
        }
    }

    private func bind(
        _ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil, word: String? = nil
    ) -> Binding {
        Binding(
            keys, text, name, help, in: .program, contexts: InputContext.screens.union([.columns]), bar: bar,
            word: word)
    }
}

extension DashboardState {
    mutating func runProgram(_ key: ProgramKey) -> [DashboardEffect] {
        switch key {
        case .export: openExport()
        case .mask:
            maskChoice = !masksNumbers
            say(masksNumbers ? "numbers are masked on this screen" : "numbers are shown in full on this screen")
        case .help: toggle(.help)
        case .messages: toggle(.messages)
        case .commandLine: commandLine = CommandLine()
        case .reload:
            guard let obstacle else { return [.request(.reload)] }
            say(obstacle, isAlert: true)
        case .back: return back()
        case .leave: leave()
        case .redraw: return [.redraw]
        case .suspend:
            if isAttached { return [.suspend] }
            dialog = Dialog(.suspend)
        case .stop: return [.interrupt]
        case .quit: return quit()
        }
        return []
    }

    mutating func toggle(_ kind: TextPage.Kind) {
        page = page?.kind == kind ? nil : TextPage(kind: kind, previous: page?.kind)
    }

    private mutating func back() -> [DashboardEffect] {
        guard screenContext == .list else {
            leave()
            return []
        }
        return quit()
    }

    /// Quits, or asks first if there is something to lose.
    private mutating func quit() -> [DashboardEffect] {
        guard !isAttached, log.totals.calls > exportedCalls || liveCalls > 0 else { return [.quit] }
        dialog = Dialog(.quit)
        return []
    }

    private mutating func leave() {
        switch screenContext {
        case .page: page = nil
        case .detail: detail = nil
        case .lines: showsLines = false
        case .columns: columns.picker = nil
        case .list, .dialog: if search != nil { search = nil } else { filter.end() }
        }
    }
}
