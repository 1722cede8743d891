// SPDX-License-Identifier: Apache-2.0

import CTerminal
import CursesDisplay
import Glibc
import Screen
import Testing

/// There is one terminal in a process, so these take turns.
@Suite(.serialized) struct TerminalSessionTests {
    private let size = Size(columns: 40, rows: 6)

    private func grid(_ text: String = "Front desk") -> Grid {
        var grid = Grid(size: size)
        grid.write(text, row: 0, column: 0, as: .title)
        grid.write("rejected 世界 e\u{301}", row: 2, column: 3, as: .rejected)
        grid.write("closed", row: 3, column: 3, as: .closed)
        grid.select(row: 2, columns: 0..<40)
        return grid
    }

    private func open(_ terminal: Pseudoterminal, _ wake: Wake, term: String) throws(TerminalError) -> TerminalSession {
        try TerminalSession(wake: wake, term: term, input: terminal.terminal, output: terminal.terminal)
    }

    private func readBack(row: Int, columns: Int) -> [sb_cell] {
        var cells = [sb_cell](repeating: sb_cell(), count: columns)
        let count = sb_snapshot(Int32(row), &cells, Int32(columns))
        return Array(cells.prefix(Int(count)))
    }

    @Test(arguments: [("xterm-256color", 256), ("screen-256color", 256), ("xterm", 8), ("linux", 8), ("vt100", 0)])
    func theTerminalShowsWhatTheGridHolds(term: String, colors: Int) throws {
        let terminal = try Pseudoterminal(size)
        var session = try open(terminal, Wake(), term: term)
        let depth = ColorChoice.auto.depth(environment: [:], terminalColors: session.capabilities.colors)
        #expect(session.capabilities.colors == colors)
        #expect(session.size == size)
        let grid = grid()
        session.present(grid, theme: .base, depth: depth)
        for row in 0..<size.rows {
            let shown = readBack(row: row, columns: size.columns)
            #expect(shown.count == size.columns)
            for (column, cell) in shown.enumerated() where !grid[row, column].glyph.isEmpty {
                let wanted = grid[row, column]
                let style = Theme.base.style(for: wanted.role, selected: wanted.isSelected, depth: depth)
                #expect(cell.scalar == wanted.glyph.unicodeScalars.first?.value)
                #expect(cell.attributes == style.attributes.rawValue)
                #expect(Int(cell.foreground) == style.foreground && Int(cell.background) == style.background)
            }
        }
        terminal.end(session)
    }

    @Test(.disabled(if: getenv("ASAN_OPTIONS") != nil, "AddressSanitizer keeps what is freed"))
    func framesLeakNoMemory() throws {
        let terminal = try Pseudoterminal(size)
        var session = try open(terminal, Wake(), term: "xterm-256color")
        var before = 0
        for number in 0..<6000 {
            if number == 100 { before = residentKilobytes() }
            session.present(grid("frame \(number)"), theme: .base, depth: .full)
            _ = terminal.output()
        }
        // A grid leaked with every frame would make 34 MB.
        #expect(residentKilobytes() - before < 15_000)
        terminal.end(session)
    }

    /// The memory of the process, from the second field of `/proc/self/statm`, in pages of 4 KiB.
    private func residentKilobytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let fields = String(decoding: line.map(UInt8.init(bitPattern:)), as: UTF8.self).split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4
    }

    @Test func onlyWhatChangesIsWritten() throws {
        let terminal = try Pseudoterminal(size)
        var session = try open(terminal, Wake(), term: "xterm-256color")
        session.present(grid(), theme: .base, depth: .full)
        #expect(terminal.output().contains("Front desk"))
        session.present(grid(), theme: .base, depth: .full)
        #expect(terminal.output() == "")
        session.present(grid("Front door"), theme: .base, depth: .full)
        let change = terminal.output()
        #expect(change.contains("or") && !change.contains("Front"))
        #expect(change.hasPrefix("\u{1B}[?2026h") && change.hasSuffix("\u{1B}[?2026l"))
        session.redraw()
        session.present(grid("Front door"), theme: .base, depth: .full)
        #expect(terminal.output().contains("Front door"))
        terminal.end(session)
    }

    @Test func mouseTitleAndClipboardAreAskedForAndGivenBack() throws {
        let terminal = try Pseudoterminal(size)
        var session = try open(terminal, Wake(), term: "xterm-256color")
        _ = terminal.output()
        session.report(mouse: true)
        session.show(title: "! switchboard: 1 call failed\u{07}\u{1B}")
        let wasCopied = session.copy(base64: "aGk=")
        #expect(wasCopied)
        session.notify("a;b\u{1B}c")
        session.ring()
        let asked = terminal.output()
        for bytes in [
            "\u{1B}[?1000h\u{1B}[?1006h", "\u{1B}[22;2t", "\u{1B}]2;! switchboard: 1 call failed··\u{07}",
            "\u{1B}]52;c;aGk=\u{07}", "\u{1B}]9;ab·c\u{07}", "\u{1B}]777;notify;switchboard;ab·c\u{07}",
        ] {
            #expect(asked.contains(bytes), "\(bytes.debugDescription) in \(asked.debugDescription)")
        }
        terminal.end(session)
        let left = terminal.output()
        #expect(left.contains("\u{1B}[?1006l\u{1B}[?1000l"))
        #expect(left.contains("\u{1B}[23;2t"))
    }

    @Test(arguments: ["linux", "vt100", "ansi"])
    func aPlainTerminalGetsNoneOfThese(term: String) throws {
        let terminal = try Pseudoterminal(size)
        var session = try open(terminal, Wake(), term: term)
        _ = terminal.output()
        session.report(mouse: true)
        session.show(title: "x")
        let wasCopied = session.copy(base64: "aGk=")
        #expect(!wasCopied)
        session.notify("x")
        #expect(!terminal.output().contains("\u{1B}]"))
        terminal.end(session)
        #expect(!terminal.output().contains("\u{1B}[?1004"))
    }

    @Test func theFocusIsReportedUntilTheEnd() throws {
        let terminal = try Pseudoterminal(size)
        var session = try open(terminal, Wake(), term: "xterm-256color")
        #expect(terminal.output().contains("\u{1B}[?1004h"))
        terminal.type("\u{1B}[O\u{1B}[I")
        let events = session.wait(timeoutMilliseconds: 1000)
        #expect(events == [.focused(false), .focused(true)])
        terminal.end(session)
        #expect(terminal.output().contains("\u{1B}[?1004l"))
    }

    /// What is on its way from the terminal when the session ends must not be typed into the shell.
    @Test func whatTheTerminalSentLastDoesNotReachTheShell() throws {
        let terminal = try Pseudoterminal(size)
        // A line that is not ended is not waiting, as far as the system tells.
        var settings = termios()
        tcgetattr(terminal.terminal, &settings)
        cfmakeraw(&settings)
        tcsetattr(terminal.terminal, TCSANOW, &settings)
        var session = try open(terminal, Wake(), term: "xterm-256color")
        terminal.type("\u{1B}[0n")
        _ = session.wait(timeoutMilliseconds: 1000)
        session.present(grid(), theme: .base, depth: .full)
        terminal.type("\u{1B}[I\u{1B}[0n\u{1B}[O")
        session.close()
        var waiting: Int32 = 0
        _ = ioctl(terminal.terminal, UInt(FIONREAD), &waiting)
        #expect(waiting == 0)
    }

    @Test func aTerminalThatAnswersIsAskedAfterEachFrameAndWaitedFor() throws {
        let terminal = try Pseudoterminal(size)
        let wake = Wake()
        var session = try open(terminal, wake, term: "xterm-256color")
        #expect(terminal.output().contains("\u{1B}[5n"))
        session.present(grid(), theme: .base, depth: .full)
        #expect(terminal.output().contains("\u{1B}[5n"))
        terminal.type("\u{1B}[0n\u{1B}[0n")
        let events = session.wait(timeoutMilliseconds: 1000)
        #expect(events == [.drawn, .drawn])
        for letter in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            session.redraw()
            session.present(grid(String(repeating: letter, count: 40)), theme: .base, depth: .full)
        }
        #expect(terminal.output().contains("\u{1B}[5n"))
        let before = session.frameWait
        #expect(before != nil)
        terminal.type(String(repeating: "\u{1B}[0n", count: 8))
        _ = session.wait(timeoutMilliseconds: 1000)
        let after = session.frameWait
        #expect(after == nil)
        session.close()
    }

    @Test func redrawPaintsEveryCellWhateverWasLost() throws {
        let terminal = try Pseudoterminal(size)
        var session = try open(terminal, Wake(), term: "xterm-256color")
        session.present(grid(), theme: .base, depth: .full)
        // As after a resize that the session did not see: curses holds other cells than the last frame.
        sb_erase()
        sb_flush()
        session.redraw()
        session.present(grid(), theme: .base, depth: .full)
        let shown = readBack(row: 0, columns: size.columns).compactMap { Unicode.Scalar($0.scalar).map(Character.init) }
        #expect(String(shown).hasPrefix("Front desk"))
        terminal.end(session)
    }

    @Test(arguments: [
        ("", TerminalError.unknownTerminal(name: "")), ("no-such-terminal", .unknownTerminal(name: "no-such-terminal")),
        ("dumb", .cannotMoveTheCursor(name: "dumb")),
    ])
    func aTerminalThatCannotBeDrivenIsRefusedAndNotTouched(term: String, error: TerminalError) throws {
        let terminal = try Pseudoterminal(size)
        let before = terminal.settings
        #expect(throws: error) { try open(terminal, Wake(), term: term).close() }
        #expect(terminal.output() == "")
        #expect(terminal.settings == before)
    }

    @Test func aFileIsRefused() throws {
        let file = Glibc.open("/dev/null", O_RDWR)
        defer { close(file) }
        #expect(throws: TerminalError.notATerminal) {
            try TerminalSession(wake: Wake(), term: "xterm", input: file, output: file).close()
        }
    }

    @Test func theTerminalIsGivenBackAsItWas() throws {
        let terminal = try Pseudoterminal(size)
        let before = terminal.settings
        let session = try open(terminal, Wake(), term: "xterm-256color")
        #expect(terminal.settings != before)
        _ = terminal.output()
        terminal.end(session)
        #expect(terminal.settings == before)
        let farewell = terminal.output()
        #expect(farewell.contains("\u{1B}[?1049l") && farewell.contains("\u{1B}[?2004l"))
    }

    @Test func theSignalsThatEndTheProcessAreLeftToIt() throws {
        let terminal = try Pseudoterminal(size)
        let session = try open(terminal, Wake(), term: "xterm-256color")
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var now = sigaction()
            sigaction(number, nil, &now)
            #expect(now.__sigaction_handler.sa_handler == nil)
        }
        terminal.end(session)
    }

    @Test func aSecondSessionIsRefusedWhileOneIsOpen() throws {
        let terminal = try Pseudoterminal(size)
        let session = try open(terminal, Wake(), term: "xterm-256color")
        #expect(throws: TerminalError.alreadyOpen) { try open(terminal, Wake(), term: "xterm-256color").close() }
        terminal.end(session)
    }
}
