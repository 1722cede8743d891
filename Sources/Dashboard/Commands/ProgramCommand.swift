// SPDX-License-Identifier: Apache-2.0

import Screen

/// What is the same everywhere.
enum ProgramCommand: CaseIterable, Sendable {
    case export, help, messages, commandLine, reload, back, leave, redraw, suspend, stop, quit

    var binding: Binding {
        switch self {
        case .export: bind([.character("e")], "e", "export", "write all calls to a file as JSON lines", bar: 8)
        case .help: bind([.character("?"), .function(1)], "? F1", "help", "this help", bar: 0)
        case .messages:
            bind([.character("!")], "!", "messages", "what was said: findings of a reload, why requests were refused")
        case .commandLine: bind([.character(":")], ":", "command", "a command by its word; Tab completes it")
        case .reload: bind([], ":reload", "reload", "read the rules file again; saving it does too")
        case .back: bind([.character("q")], "q", "back", "back; in the calls: quit, after asking")
        case .leave: bind([.escape], "Esc", "back", "back; clears the search; never quits")
        case .redraw: bind([.control("l")], "^L", "redraw", "draw the screen anew")
        case .suspend:
            bind([.control("z")], "^Z", "suspend", "suspend; asks where it stops answering")
        case .stop: bind([.control("c")], "^C", "stop", "stop in order, without asking")
        case .quit: bind([], ":quit", "quit", "quit, after asking where there is something to lose")
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, words, name, help, in: .program, places: Set(InputContext.allCases), bar: bar)
    }
}
