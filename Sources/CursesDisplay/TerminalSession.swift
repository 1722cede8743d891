// SPDX-License-Identifier: Apache-2.0

import CTerminal
package import Screen

/// The terminal while the program has it: one owner, one thread; restored when the session ends.
///
/// It is opened, used and closed on the thread that draws. Only its `Wake` is for other threads.
package struct TerminalSession: ~Copyable {
    package let capabilities: TerminalCapabilities
    let wake: Wake
    var typed: TypedInput
    var shown: ShownFrame?
    var link = FrameLink()
    var reportsMouse = false

    /// Takes the terminal over.
    ///
    /// `term` names its description. Install handlers for the signals that end the process first.
    /// In the background the terminal is left alone until the process is in the foreground.
    package init(
        wake: Wake, term: String, escapeDelay: Int = EscapeDelay.local, input: Int32 = 0, output: Int32 = 1
    ) throws(TerminalError) {
        var found = sb_capabilities()
        let problem = sb_open(term, input, output, wake.descriptor, &found)
        guard problem == SB_OK else { throw TerminalError(problem, term: term) }
        self.wake = wake
        typed = TypedInput(
            KeyDecoder(described: TerminalKeys.described, encoding: TerminalKeys.encoding(found)),
            escapeDelay: escapeDelay)
        capabilities = TerminalCapabilities(
            colors: Int(found.colors), showsUnicode: found.utf8 && !term.hasPrefix("linux"))
        ask(after: 0)
    }

    deinit {
        drain()
        sb_close()
    }

    static var milliseconds: Int64 { sb_milliseconds() }

    /// Asks the terminal how far it is.
    mutating func ask(after bytes: Int) {
        guard sb_ask() else { return }
        link.asked(after: bytes, at: sb_milliseconds())
    }

    /// Takes what the terminal still sends, so that it does not reach the shell as if it were typed: answers that are on
    /// their way, for as long as they may take, and reports.
    borrowing func drain() {
        sb_stop_reports()
        var bytes = [UInt8](repeating: 0, count: TypedInput.mostBytes)
        var decoder = KeyDecoder()
        var missing = link.missing
        let end = sb_milliseconds() + link.lastWait(at: sb_milliseconds())
        while missing > 0, sb_milliseconds() < end {
            var count: Int32 = 0
            switch Int(sb_wait(Int32(clamping: end - sb_milliseconds()), &bytes, Int32(bytes.count), &count)) {
            case SB_INPUT: missing -= decoder.read(bytes.prefix(Int(count))).count { $0 == .drawn }
            case SB_HUNG_UP: return
            default: break
            }
        }
        sb_discard_input()
    }

    /// Why a terminal of this name cannot show a dashboard; `nil` if it can.
    ///
    /// Ask before a session is opened.
    package static func problem(of term: String) -> TerminalError? {
        let problem = sb_check(term)
        return problem == SB_OK ? nil : TerminalError(problem, term: term)
    }

    /// Sends the process what the terminal sends for ^C.
    package static func interrupt() {
        sb_interrupt()
    }

    /// Names the calling thread for `top` and similar tools; Foundation's thread name does not reach the system here.
    ///
    /// The system keeps 15 bytes of it.
    package static func nameThread(_ name: String) {
        sb_name_thread(name)
    }

    /// Discards output that the terminal has not taken yet, so that a session blocked in a write goes on.
    ///
    /// From any thread; for a session that must end while nothing reads its terminal.
    package static func discardOutput() {
        sb_discard_output()
    }

    /// The last known size of the terminal.
    package var size: Size {
        let size = sb_current_size()
        return Size(columns: Int(size.columns), rows: Int(size.rows))
    }

    /// Paints every cell again, whatever the terminal shows now.
    package mutating func redraw() {
        sb_redraw()
        // Curses may hold other cells than the last frame, for example after a resize: all of them are put again.
        shown = nil
    }

    /// Has the terminal report clicks and the wheel, or leave them alone.
    package mutating func report(mouse isOn: Bool) {
        reportsMouse = isOn
        sb_mouse(isOn)
    }

    /// Rings the terminal's bell.
    package mutating func ring() {
        sb_bell()
    }

    /// Asks the terminal to show a notice on the desktop, in the two ways that terminals know (OSC 9 and OSC 777).
    package mutating func notify(_ text: String) {
        let text = CleanText.clean(text).filter { $0 != ";" }
        _ = sb_command("9;\(text)")
        _ = sb_command("777;notify;switchboard;\(text)")
    }

    /// Shows a title until the session ends or `nil` brings back the one before.
    package mutating func show(title: String?) {
        if let title { sb_title(CleanText.clean(title)) } else { sb_title(nil) }
    }

    /// Asks the terminal to put a text on the clipboard (OSC 52); `false` where it knows no such command.
    package mutating func copy(base64: String) -> Bool {
        sb_command("52;c;" + base64)
    }

    /// Restores the terminal, stops the process group, and takes the terminal again when it is continued in the foreground.
    ///
    /// The window may have another size then: lay the next frame out for `size`.
    package mutating func suspend() {
        drain()
        sb_suspend()
        shown = nil
        link.reset()
    }

    /// Restores the terminal and prints what was written to stderr in the meantime.
    package consuming func close() {}
}

extension TerminalError {
    fileprivate init(_ problem: Int32, term: String) {
        switch Int(problem) {
        case SB_NOT_A_TERMINAL: self = .notATerminal
        case SB_UNKNOWN_TERMINAL: self = .unknownTerminal(name: CleanText.clean(term))
        case SB_NO_CURSOR_MOVEMENT: self = .cannotMoveTheCursor(name: CleanText.clean(term))
        case SB_ALREADY_OPEN: self = .alreadyOpen
        default: self = .outOfResources
        }
    }
}

/// What the terminal of a session can do.
package struct TerminalCapabilities: Hashable, Sendable {
    /// 0 when there are none.
    package let colors: Int
    /// The locale says UTF-8 and the font is not the console's.
    package let showsUnicode: Bool
}

/// Why the dashboard cannot use the terminal; nothing was written to it.
package enum TerminalError: Error, Equatable, Sendable {
    case notATerminal
    case unknownTerminal(name: String)
    case cannotMoveTheCursor(name: String)
    case alreadyOpen
    case outOfResources
}

extension TerminalError: CustomStringConvertible {
    /// What to do about a terminal that the system does not know.
    package static let remedy =
        "set TERM to a terminal like it, such as xterm-256color, or install its description "
        + "(Debian: ncurses-term)"

    package var description: String {
        switch self {
        case .notATerminal: "standard input and output are not a terminal"
        case .unknownTerminal(""): "TERM is not set"
        case .unknownTerminal(let name): "this machine does not know TERM=\(name); \(Self.remedy)"
        case .cannotMoveTheCursor(let name):
            "the terminal \"\(name)\" cannot move its cursor, which the dashboard needs; check TERM"
        case .alreadyOpen: "this program already uses the terminal"
        case .outOfResources: "out of memory or file descriptors"
        }
    }
}
