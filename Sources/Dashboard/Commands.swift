// SPDX-License-Identifier: Apache-2.0

import Screen

/// Everything that a key can do; keys, help and key bar come from these tables.
enum Command: Hashable, Sendable {
    case operate(OverrideKeyCommand)
    case list(ListCommand)
    case lines(LineCommand)
    case search(SearchCommand)
    case detail(DetailCommand)
    case scroll(ScrollCommand)
    case program(ProgramCommand)

    var binding: Binding {
        switch self {
        case .operate(let command): command.binding
        case .list(let command): command.binding
        case .lines(let command): command.binding
        case .search(let command): command.binding
        case .detail(let command): command.binding
        case .scroll(let command): command.binding
        case .program(let command): command.binding
        }
    }
}

extension Command: CaseIterable {
    static let allCases: [Command] =
        OverrideKeyCommand.allCases.map(Command.operate) + ListCommand.allCases.map(Command.list)
        + LineCommand.allCases.map(Command.lines) + SearchCommand.allCases.map(Command.search)
        + DetailCommand.allCases.map(Command.detail)
        + ScrollCommand.allCases.map(Command.scroll) + ProgramCommand.allCases.map(Command.program)
}

/// What changes the words that callers hear; none of it in a read-only dashboard.
enum OverrideKeyCommand: CaseIterable, Sendable {
    case close, open, greet, undo

    var binding: Binding {
        switch self {
        case .close: bind("c", "close", "close all lines, a group or a line: callers hear a text", bar: 1)
        case .open: bind("o", "open", "open again, force open, or back to the hours", bar: 2)
        case .greet: bind("g", "greet", "force a greeting, or clear it", bar: 3)
        case .undo: bind("u", "undo", "take back what was last done", bar: 5)
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int) -> Binding {
        let places = Set(InputContext.allCases)
        return Binding([.character(key)], String(key), name, help, in: .switches, places: places, bar: bar)
    }
}

/// Moving in the list of calls.
enum ListCommand: CaseIterable, Sendable {
    case older, newer, pageDown, pageUp, newest, oldest, follow, freeze, lines, details

    var binding: Binding {
        switch self {
        case .older: bind([.down, .character("j")], "Down j", "older", "the next older call")
        case .newer: bind([.up, .character("k")], "Up k", "newer", "the next newer call")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of older calls")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of newer calls")
        case .newest: bind([.home], "Home", "newest", "the newest call, and follow")
        case .oldest: bind([.end, .character("G")], "End G", "oldest", "the oldest call that is kept")
        case .follow: bind([.character("F")], "F", "follow", "follow: keep the newest call selected", bar: 10)
        case .freeze: bind([.character("p")], "p", "freeze", "freeze the list; calls go on being answered", bar: 9)
        case .lines: bind([.tab], "Tab", "lines", "every line: its state, who says so, what callers hear", bar: 4)
        case .details: bind([.enter, .right], "Enter", "details", "look into the selected call", bar: 5)
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, words, name, help, in: .calls, places: [.list], bar: bar)
    }
}

/// Moving in the view of the lines.
enum LineCommand: CaseIterable, Sendable {
    case down, up, pageDown, pageUp, first, last, whole, calls

    var binding: Binding {
        switch self {
        case .down: bind([.down, .character("j")], "Down j", "down", "the next line; c o g then mean that line")
        case .up: bind([.up, .character("k")], "Up k", "up", "the line before")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of lines down")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of lines up")
        case .first: bind([.home], "Home", "first", "the first line")
        case .last: bind([.end, .character("G")], "End G", "last", "the last line")
        case .whole: bind([.enter, .right], "Enter", "all of it", "all of the line, word for word", bar: 5)
        case .calls: bind([.tab, .backTab], "Tab", "calls", "back to the calls", bar: 4)
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, words, name, help, in: .lines, places: [.lines], bar: bar)
    }
}

/// Diagnostic calls.
enum SearchCommand: CaseIterable, Sendable {
    case begin, next, previous

    var binding: Binding {
        switch self {
        case .begin: bind("/", "search", "search caller, line, answer, by, call id", bar: 7)
        case .next: bind("n", "next match", "the next match, towards older calls")
        case .previous: bind("N", "previous match", "the previous match, towards newer calls")
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding([.character(key)], String(key), name, help, in: .search, places: [.list], bar: bar)
    }
}

/// Looking into one call.
enum DetailCommand: CaseIterable, Sendable {
    case nextCall, previousCall, timeline, request, answer, why, nextTab, previousTab

    var binding: Binding {
        switch self {
        case .nextCall: bind([.character("n")], "n", "next", "the next older call", bar: 5)
        case .previousCall: bind([.character("p")], "p", "previous", "the next newer call", bar: 6)
        case .timeline: bind([.character("1")], "1", "timeline", "every webhook of the call, with its time")
        case .request: bind([.character("2")], "2", "request", "what the platform asked, byte for byte")
        case .answer: bind([.character("3")], "3", "answer", "what went out, byte for byte")
        case .why: bind([.character("4")], "4", "why", "every step that the decision considered")
        case .nextTab: bind([.tab, .right], "Tab", "tabs", "the next tab", bar: 4)
        case .previousTab: bind([.backTab, .left], "S-Tab", "tabs", "the previous tab")
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, words, name, help, in: .detail, places: [.detail], bar: bar)
    }
}

/// Scrolling a page of text: one call, or a page.
enum ScrollCommand: CaseIterable, Sendable {
    case down, up, pageDown, pageUp, start, end

    var binding: Binding {
        switch self {
        case .down: bind([.down, .character("j")], "Down j", "scroll down")
        case .up: bind([.up, .character("k")], "Up k", "scroll up")
        case .pageDown: bind([.pageDown, .control("d"), .character(" ")], "PgDn ^D", "scroll a page down")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "scroll a page up")
        case .start: bind([.home], "Home", "scroll to the start")
        case .end: bind([.end, .character("G")], "End G", "scroll to the end")
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ help: String) -> Binding {
        Binding(keys, words, "scroll", help, in: .detail, places: [.detail, .page])
    }
}

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
