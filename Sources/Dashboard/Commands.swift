// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// Everything that a key can do.
///
/// Keys, help, key bar and command line all come from the tables below.
enum Command: Hashable, Sendable {
    case overrides(OverrideKey)
    case dialog(DialogKey)
    case list(ListKey)
    case lines(LineKey)
    case search(SearchKey)
    case detail(DetailKey)
    case scroll(ScrollKey)
    case audit(AuditKey)
    case record(RecordKey)
    case program(ProgramKey)

    var binding: Binding {
        switch self {
        case .overrides(let key): key.binding
        case .dialog(let key): key.binding
        case .list(let key): key.binding
        case .lines(let key): key.binding
        case .search(let key): key.binding
        case .detail(let key): key.binding
        case .scroll(let key): key.binding
        case .audit(let key): key.binding
        case .record(let key): key.binding
        case .program(let key): key.binding
        }
    }
}

extension Command: CaseIterable {
    static let allCases: [Command] =
        OverrideKey.allCases.map(Command.overrides) + DialogKey.allCases.map(Command.dialog)
        + ListKey.allCases.map(Command.list) + LineKey.allCases.map(Command.lines)
        + SearchKey.allCases.map(Command.search) + DetailKey.allCases.map(Command.detail)
        + ScrollKey.allCases.map(Command.scroll) + AuditKey.allCases.map(Command.audit)
        + RecordKey.allCases.map(Command.record) + ProgramKey.allCases.map(Command.program)
}

/// Changes to the overrides; none of them in a read-only dashboard.
enum OverrideKey: CaseIterable, Sendable {
    case close, open, greet, undo

    var binding: Binding {
        switch self {
        case .close: bind("c", "close", "close all lines, a group or a line; callers hear a text", bar: 1)
        case .open: bind("o", "open", "reopen, force open, or follow the hours again", bar: 2)
        case .greet: bind("g", "greet", "force a greeting, or clear it", bar: 3)
        case .undo: bind("u", "undo", "undo the last change", bar: 5)
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int) -> Binding {
        Binding(
            [.character(key)], String(key), name, help, in: .overrides, contexts: InputContext.screens, bar: bar,
            word: name)
    }
}

/// Filling in a dialog.
///
/// The letters work while a button has the focus, so that they never get into a text.
enum DialogKey: CaseIterable, Sendable {
    case next, previous, scope, kind, text, until, time, reason, choose, press, confirm, clear, suspend, cancel

    var binding: Binding {
        switch self {
        case .next: bind([.tab], "Tab", "next", "the next field or button")
        case .previous: bind([.backTab], "S-Tab", "previous", "the previous field or button")
        case .scope: bind("l", "lines", "lines: arrows, or letters of a line's name")
        case .kind: bind("k", "kind", "kind: reject the calls, or let the assistant inform")
        case .text: bind("t", "text", "text: type it, or arrows for the texts of the rules file")
        case .until: bind("u", "until", "until: arrows, or digits for a time")
        case .time: bind("a", "at", "at: the time, once one is chosen")
        case .reason: bind("r", "reason", "reason: shown to the other operators")
        case .choose: bind([.left, .right, .up, .down], "Arrows", "choose", "another choice, or the next button")
        case .press: bind([.enter], "Enter", "press", "from a field to Cancel; on the typed word: confirm")
        case .confirm: bind("y", "confirm", "confirm; changes to more than one line need the word typed first")
        case .clear: bind("x", "clear", "clear a forced greeting")
        case .suspend: bind("s", "suspend", "suspend anyway")
        case .cancel: bind([.character("n"), .escape], "n Esc", "cancel", "back, without changing anything")
        }
    }

    /// The field that it moves the focus to.
    var field: DialogField? {
        switch self {
        case .scope: .scope
        case .kind: .kind
        case .text: .text
        case .until: .until
        case .time: .time
        case .reason: .reason
        case .next, .previous, .choose, .press, .confirm, .clear, .suspend, .cancel: nil
        }
    }

    /// Its letter on the buttons, if it has one.
    var letter: Character? {
        if case .character(let letter)? = binding.keys.first { letter } else { nil }
    }

    private func bind(_ key: Character, _ name: String, _ help: String) -> Binding {
        bind([.character(key)], String(key), name, help)
    }

    private func bind(_ keys: [Key], _ text: String, _ name: String, _ help: String) -> Binding {
        Binding(keys, text, name, help, in: .dialog, contexts: [.dialog])
    }
}

/// Moving in the list of calls.
enum ListKey: CaseIterable, Sendable {
    case older, newer, pageDown, pageUp, newest, oldest, follow, freeze, lines, details

    var binding: Binding {
        switch self {
        case .older: bind([.down, .character("j")], "Down j", "older", "the next older call")
        case .newer: bind([.up, .character("k")], "Up k", "newer", "the next newer call")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of older calls")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of newer calls")
        case .newest: bind([.home], "Home", "newest", "the newest call, and follow")
        case .oldest: bind([.end, .character("G")], "End G", "oldest", "the oldest call in memory")
        case .follow:
            bind([.character("F")], "F", "follow", "follow: keep the newest call selected", bar: 10, word: "follow")
        case .freeze:
            bind([.character("p")], "p", "freeze", "freeze the list; calls are still answered", bar: 9, word: "freeze")
        case .lines:
            bind([.tab], "Tab", "lines", "every phone line: state, cause, first message", bar: 4, word: "lines")
        case .details: bind([.enter, .right], "Enter", "details", "open the selected call", bar: 5)
        }
    }

    private func bind(
        _ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil, word: String? = nil
    ) -> Binding {
        Binding(keys, text, name, help, in: .calls, contexts: [.list], bar: bar, word: word)
    }
}

/// Moving in the view of the phone lines.
enum LineKey: CaseIterable, Sendable {
    case down, up, pageDown, pageUp, first, last, details, calls

    var binding: Binding {
        switch self {
        case .down: bind([.down, .character("j")], "Down j", "down", "the next line; c o g then apply to it")
        case .up: bind([.up, .character("k")], "Up k", "up", "the previous line")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of lines down")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of lines up")
        case .first: bind([.home], "Home", "first", "the first line")
        case .last: bind([.end, .character("G")], "End G", "last", "the last line")
        case .details: bind([.enter, .right], "Enter", "details", "everything about the line", bar: 5)
        case .calls: bind([.tab, .backTab], "Tab", "calls", "back to the calls", bar: 4, word: "calls")
        }
    }

    private func bind(
        _ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil, word: String? = nil
    ) -> Binding {
        Binding(keys, text, name, help, in: .lines, contexts: [.lines], bar: bar, word: word)
    }
}

/// Finding calls.
enum SearchKey: CaseIterable, Sendable {
    case begin, next, previous

    var binding: Binding {
        switch self {
        case .begin: bind("/", "search", "search caller, line, answer, by, call id", bar: 7, word: "search")
        case .next: bind("n", "next match", "the next match, towards older calls")
        case .previous: bind("N", "previous match", "the previous match, towards newer calls")
        }
    }

    private func bind(
        _ key: Character, _ name: String, _ help: String, bar: Int? = nil, word: String? = nil
    ) -> Binding {
        Binding([.character(key)], String(key), name, help, in: .search, contexts: [.list], bar: bar, word: word)
    }
}

/// Looking into one call.
enum DetailKey: CaseIterable, Sendable {
    case nextCall, previousCall, timeline, request, answer, why, nextTab, previousTab

    var binding: Binding {
        switch self {
        case .nextCall: bind([.character("n")], "n", "next", "the next older call", bar: 5)
        case .previousCall: bind([.character("p")], "p", "previous", "the next newer call", bar: 6)
        case .timeline: bind([.character("1")], "1", "timeline", "every webhook of the call, with its time")
        case .request: bind([.character("2")], "2", "request", "the request of the platform, byte for byte")
        case .answer: bind([.character("3")], "3", "answer", "our answer, byte for byte")
        case .why: bind([.character("4")], "4", "why", "every step that the decision considered")
        case .nextTab: bind([.tab, .right], "Tab", "tabs", "the next tab", bar: 4)
        case .previousTab: bind([.backTab, .left], "S-Tab", "tabs", "the previous tab")
        }
    }

    private func bind(_ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, text, name, help, in: .detail, contexts: [.detail], bar: bar)
    }
}

/// Scrolling a page of text: an open call, or a page.
enum ScrollKey: CaseIterable, Sendable {
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

    private func bind(_ keys: [Key], _ text: String, _ help: String) -> Binding {
        Binding(keys, text, "scroll", help, in: .detail, contexts: [.detail, .page])
    }
}

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
            bind([.character("e")], "e", "export", "write all calls to a file as JSON Lines", bar: 8, word: "export")
        case .help: bind([.character("?"), .function(1)], "? F1", "help", "this help", bar: 0, word: "help")
        case .messages:
            bind(
                [.character("!")], "!", "messages",
                "messages: reload results, refused requests, what other operators do", word: "messages")
        case .commandLine: bind([.character(":")], ":", "command", "command line; Tab completes")
        case .reload:
            bind([], ":reload", "reload", "read the rules file again; saving it does the same", word: "reload")
        case .back: bind([.character("q")], "q", "back", "back; in the calls: quit, after asking")
        case .leave: bind([.escape], "Esc", "back", "back; clears the search; never quits")
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
        Binding(keys, text, name, help, in: .program, contexts: InputContext.screens, bar: bar, word: word)
    }
}

extension DashboardState {
    mutating func run(_ command: Command) -> [DashboardEffect] {
        switch command {
        case .overrides(let key): openDialog(key)
        case .dialog: break
        case .list(let key): runInList(key)
        case .lines(let key): runInLines(key)
        case .search(let key): runSearch(key)
        case .detail(let key): runInDetail(key)
        case .scroll(let key): scroll(key)
        case .audit(let key): return runAudit(key)
        case .record(let key): return runRecord(key)
        case .program(let key): return runProgram(key)
        }
        return []
    }

    private mutating func runProgram(_ key: ProgramKey) -> [DashboardEffect] {
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

    private mutating func openExport() {
        var form = DialogForm()
        form[.path] = TextField(exportPath)
        dialog = Dialog(.export, form: form, focus: .field(.path))
    }

    mutating func toggle(_ kind: TextPage.Kind) {
        page = page?.kind == kind ? nil : TextPage(kind: kind)
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
        case .list, .dialog: search = nil
        }
    }

    private mutating func scroll(_ key: ScrollKey) {
        let rows = max(1, (page == nil ? layout.detailRows : layout.body.size.rows) - 1)
        let step =
            switch key {
            case .down: 1
            case .up: -1
            case .pageDown: rows
            case .pageUp: -rows
            case .start: -Detail.mostLines
            case .end: Detail.mostLines
            }
        if page != nil { page?.scroll += step } else { detail?.scroll += step }
    }

    /// Whether the command would do something now.
    func isOffered(_ command: Command) -> Bool {
        switch command {
        case .overrides(.undo): !isReadOnly && obstacle == nil && status?.undo != nil
        case .overrides, .audit(.note), .program(.reload): !isReadOnly && obstacle == nil
        case .record: record != nil
        case .list(.freeze): record == nil
        case .list(.follow): !list.isFollowing
        case .lines(.calls): screenContext != .detail
        case .dialog, .list, .lines, .search, .detail, .scroll, .audit, .program: true
        }
    }
}
