// SPDX-License-Identifier: Apache-2.0

import Calls
import CursesDisplay
import Dashboard
import EventLog
import Glibc
import Overrides
import Screen
import TestSupport

/// What a terminal sends, through a real terminal and curses, to the dashboard and its screen.
enum KeysTarget {
    static func keys(_ bytes: [UInt8]) {
        terminal.type(bytes)
        var state = DashboardState(
            size: Size(columns: 80, rows: 24), glyphs: .unicode, isReadOnly: false, clock: .fixed(7200),
            proposedExportPath: "calls.jsonl", now: .sample)
        _ = state.update(with: .status(.sample()))
        for event in terminal.events() {
            switch event {
            case .mouse(let event): _ = state.update(with: .mouse(event))
            case .drawn, .focused: break
            case .key(let key): _ = state.update(with: .key(key))
            case .burst(let keys): _ = state.update(with: .burst(keys))
            case .paste(let text):
                require(CleanText.clean(text) == text, "a paste is not clean")
                _ = state.update(with: .paste(text))
            case .resized(let size): _ = state.update(with: .resized(size))
            case .woken, .hungUp: require(false, "the terminal reports what nobody did")
            }
            let grid = state.view()
            require(grid.cells.count == grid.size.columns * grid.size.rows, "a screen of another size")
            require(grid.cells.allSatisfy { CleanText.clean($0.glyph) == $0.glyph }, "a cell is not clean")
        }
    }

    nonisolated(unsafe) private static let terminal = OpenTerminal()
}

/// A terminal whose other end the fuzzer holds; it stays open for as long as the process runs.
private final class OpenTerminal {
    private let other: Int32
    private var session: TerminalSession

    init() {
        let (other, terminal) = Self.pair()
        self.other = other
        // libFuzzer reports crashes, and on stderr; the session would take both over.
        let errors = dup(2)
        let crashes = [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP]
        let handlers = crashes.map { signal in
            var handler = sigaction()
            sigaction(signal, nil, &handler)
            return handler
        }
        do throws(TerminalError) {
            session = try TerminalSession(wake: Wake(), term: "xterm-256color", input: terminal, output: terminal)
        } catch {
            fatalError("no terminal: \(error)")
        }
        for (signal, handler) in zip(crashes, handlers) {
            var handler = handler
            sigaction(signal, &handler, nil)
        }
        dup2(errors, 2)
        close(errors)
    }

    func type(_ bytes: [UInt8]) {
        discard()
        // The end of a paste closes one that is open, so that an input does not reach into the next one.
        let all = bytes.prefix(1024) + Array("\u{1B}[201~".utf8)
        _ = Array(all).withUnsafeBytes { write(other, $0.baseAddress, $0.count) }
    }

    func events() -> [TerminalEvent] {
        var all: [TerminalEvent] = []
        while case let events = session.wait(timeoutMilliseconds: 0), !events.isEmpty { all += events }
        discard()
        return all
    }

    private func discard() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while read(other, &bytes, bytes.count) > 0 {}
    }

    private static func pair() -> (other: Int32, terminal: Int32) {
        let other = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
        var unlocked: Int32 = 0
        guard other >= 0, ioctl(other, 0x4004_5431, &unlocked) == 0 else { fatalError("no pseudoterminal") }
        let terminal = ioctl(other, 0x5441, O_RDWR | O_NOCTTY)
        var window = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        guard terminal >= 0, ioctl(terminal, UInt(TIOCSWINSZ), &window) == 0 else { fatalError("no other end") }
        return (other, terminal)
    }
}

/// The decoder of keys alone: where bytes are torn does not count, and nothing in a paste is a key.
enum DecoderTarget {
    private static let begin = Array("\u{1B}[200~".utf8)
    private static let end = Array("\u{1B}[201~".utf8)

    static func keys(_ bytes: [UInt8]) {
        var (whole, torn) = (KeyDecoder(), KeyDecoder())
        let inputs = whole.read(bytes)
        require(bytes.flatMap { torn.read([$0]) } == inputs, "torn bytes are other keys")
        require(
            whole.isInPaste == torn.isInPaste && whole.isUndecided == torn.isUndecided, "torn bytes leave another state"
        )
        // One that begins inside has an end of its own.
        guard !bytes.contains(end), !bytes.contains(begin) else { return }
        var decoder = KeyDecoder()
        let pasted = decoder.read(begin + bytes + end)
        guard case .paste(let text)? = pasted.first, pasted.count == 1 else {
            return require(false, "a paste is \(pasted)")
        }
        require(CleanText.clean(text) == text, "a paste is not clean")
        require(!decoder.isInPaste, "a paste does not end")
    }
}
