// SPDX-License-Identifier: Apache-2.0

import CTerminal
package import Screen

/// The terminal while it is ours: one owner, one thread, given back when it ends.
///
/// It is opened, used and closed on the thread that draws. Only its `Wake` is for other threads.
package struct TerminalSession: ~Copyable {
    package let capabilities: TerminalCapabilities
    let wake: Wake
    var keys = KeyReader()
    var shown: ShownFrame?

    /// Takes the terminal over.
    ///
    /// `term` is the value of `TERM`. Handlers for the signals that end the process must stand before.
    package init(
        wake: Wake, term: String, input: Int32 = 0, output: Int32 = 1
    ) throws(TerminalError) {
        var found = sb_capabilities()
        let problem = sb_open(term, input, output, wake.descriptor, &found)
        guard problem == SB_OK else { throw TerminalError(problem, term: term) }
        self.wake = wake
        capabilities = TerminalCapabilities(
            colors: Int(found.colors), showsUnicode: found.utf8 && !term.hasPrefix("linux"), hasTitle: found.titles)
    }

    deinit {
        sb_close()
    }

    /// Tells whether the system knows a terminal of this name that can show a dashboard.
    ///
    /// Ask before a session is opened.
    package static func knows(_ term: String) -> Bool {
        sb_knows(term)
    }

    /// Names the calling thread for `top` and its like; Foundation's own name does not reach the system here.
    ///
    /// The system keeps 15 bytes of it.
    package static func nameThread(_ name: String) {
        sb_name_thread(name)
    }

    /// Throws away what the terminal has not taken yet, so that a session that is held in a write goes on.
    ///
    /// From any thread; for a session that shall end while nobody reads its terminal.
    package static func discardOutput() {
        sb_discard_output()
    }

    /// The size of the terminal as it was last told.
    package var size: Size {
        let size = sb_current_size()
        return Size(columns: Int(size.columns), rows: Int(size.rows))
    }

    /// Paints every cell again, whatever the terminal shows now.
    package mutating func redraw() {
        sb_redraw()
        shown?.isStale = true
    }

    /// Gives the terminal back, stops the process and its group, and takes the terminal again when they go on.
    ///
    /// Present a frame of the size that the terminal has then.
    package mutating func suspend() {
        sb_suspend()
        shown = nil
    }

    /// Sets the title of the window, where there is one; the old title comes back at the end.
    package mutating func setTitle(_ title: String) {
        sb_title(CleanText.cut(title, to: 200, ellipsis: "..."))
    }

    /// Gives the terminal back as it was and prints what was written to stderr meanwhile.
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
    package let hasTitle: Bool
}

/// Why the screen could not be taken; nothing was written to it.
package enum TerminalError: Error, Equatable, Sendable {
    case notATerminal
    case unknownTerminal(name: String)
    case cannotMoveTheCursor(name: String)
    case alreadyOpen
    case outOfResources
}

extension TerminalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notATerminal: "standard input and output are not a terminal"
        case .unknownTerminal(""): "TERM is not set; the system cannot tell what this terminal understands"
        case .unknownTerminal(let name): "the system knows no terminal named \"\(name)\"; see TERM"
        case .cannotMoveTheCursor(let name): "a terminal named \"\(name)\" cannot show a dashboard; see TERM"
        case .alreadyOpen: "the terminal is already in use by this program"
        case .outOfResources: "the system has no memory or files left for the terminal"
        }
    }
}
