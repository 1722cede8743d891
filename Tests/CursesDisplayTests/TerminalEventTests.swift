// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Glibc
import Screen
import TestSupport
import Testing

extension TerminalSessionTests {
    /// Events of a terminal; a part of the suite, because its tests must take turns with the others.
    @Suite(.serialized) struct Events {
        private let size = Size(columns: 40, rows: 6)

        /// Opens a session, does something to its terminal, and returns the events.
        private func events(
            term: String = "xterm-256color", wake: Wake = Wake(), atLeast count: Int = 1,
            after act: (Pseudoterminal) -> Void
        ) throws -> [TerminalEvent] {
            let terminal = try Pseudoterminal(size)
            var session = try TerminalSession(
                wake: wake, term: term, input: terminal.terminal, output: terminal.terminal)
            act(terminal)
            var events: [TerminalEvent] = []
            while case let more = session.wait(timeoutMilliseconds: events.count < count ? 2000 : 0), !more.isEmpty {
                events += more
            }
            terminal.end(session)
            return events
        }

        /// The bytes of a terminal, and the keys that they are.
        @Test(
            arguments: [
                ("jé世", [.character("j"), .character("é"), .character("世")]),
                ("\r\n\t", [.enter, .enter, .tab]),
                ("\u{7F}\u{8}", [.backspace, .backspace]),
                ("\u{1}\u{C}\u{1A}\u{13}", [.control("a"), .control("l"), .control("z"), .control("s")]),
                ("\u{1B}[A\u{1B}OA\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .up, .down, .right, .left]),
                ("\u{1B}[H\u{1B}[1~\u{1B}[7~\u{1B}OF\u{1B}[4~", [.home, .home, .home, .end, .end]),
                ("\u{1B}[5~\u{1B}[6~\u{1B}[3~\u{1B}[Z", [.pageUp, .pageDown, .delete, .backTab]),
                ("\u{1B}OP\u{1B}[24~", [.function(1), .function(12)]),
                ("\u{1B}", [.escape]),
                ("\u{1B}x", [.escape, .character("x")]),
                ("\u{1B}[1;5Aq", [.character("q")]),
                ("\u{1B}[[Zq\u{1B}[<0;1;1mq", [.character("q"), .character("q")]),
                ("\u{1B}\u{1B}[A", [.escape, .up]),
                ("\u{1B}[A\u{1F}x", [.up, .character("x")]),
            ] as [(String, [Key])])
        func keysAreReadFromEveryEncoding(bytes: String, keys: [Key]) throws {
            let events = try events(atLeast: keys.count) { $0.type(bytes) }
            #expect(events == keys.map { .key($0) })
        }

        @Test(arguments: ["vt100", "linux", "screen", "xterm"])
        func theKeysOfXtermAreKeysOnEveryTerminal(term: String) throws {
            let events = try events(term: term, atLeast: 5) { $0.type("\u{1B}[A\u{1B}OB\u{1B}[1~\u{1B}[Z\u{1B}[15~") }
            #expect(events == [.key(.up), .key(.down), .key(.home), .key(.backTab), .key(.function(5))])
        }

        @Test func anEscapeWaitsForTheRestOfItsSequence() throws {
            let terminal = try Pseudoterminal(size)
            var session = try TerminalSession(
                wake: Wake(), term: "xterm-256color", escapeDelay: 5000, input: terminal.terminal,
                output: terminal.terminal)
            terminal.type("\u{1B}")
            #expect(session.wait(timeoutMilliseconds: 10) == [])
            terminal.type("[C")
            #expect(session.wait(timeoutMilliseconds: 2000) == [.key(.right)])
            terminal.end(session)
        }

        @Test func anEscapeThatNothingFollowsIsAKeyWhateverElseHappens() throws {
            let terminal = try Pseudoterminal(size)
            let wake = Wake()
            var session = try TerminalSession(
                wake: wake, term: "xterm-256color", escapeDelay: 20, input: terminal.terminal, output: terminal.terminal
            )
            terminal.type("\u{1B}")
            var events: [TerminalEvent] = []
            for _ in 0..<500 where !events.contains(.key(.escape)) {
                wake.signal()
                events += session.wait(timeoutMilliseconds: nil)
                usleep(200)
            }
            #expect(events.contains(.key(.escape)))
            terminal.end(session)
        }

        @Test func aPasteTornBehindItsFirstByteIsNoCommand() throws {
            let events = try events { terminal in
                terminal.type("\u{1B}[20")
                usleep(150_000)
                terminal.type("0~call\u{1B}[201~")
            }
            #expect(events == [.paste("call")])
        }

        @Test func modesOfOtherProgramsAreSwitchedOff() throws {
            let terminal = try Pseudoterminal(size)
            let session = try TerminalSession(
                wake: Wake(), term: "xterm-256color", input: terminal.terminal, output: terminal.terminal)
            let output = terminal.output()
            for mode in ["9", "1000", "1002", "1003", "1005", "1006", "1015"] {
                #expect(output.contains("\u{1B}[?\(mode)l"), "mode \(mode)")
            }
            terminal.end(session)
        }

        @Test func aPasteIsOneEventAndNoCommand() throws {
            let events = try events(atLeast: 2) { $0.type("\u{1B}[200~q\u{1B}[A\u{1B}c\ny\u{1B}[201~x") }
            #expect(events.count == 2)
            guard case .paste(let text) = events.first else { Issue.record("no paste in \(events)"); return }
            #expect(text == "q·[A·c y")
            #expect(events.last == .burst([.character("x")]), "nobody types that fast")
        }

        @Test func aNewSizeIsReportedAtOnce() throws {
            let events = try events {
                $0.resize(to: Size(columns: 30, rows: 9))
                kill(getpid(), SIGWINCH)
            }
            #expect(events == [.resized(Size(columns: 30, rows: 9))])
        }

        @Test(arguments: [
            Row("all of both", Size(columns: 65535, rows: 65535), Size(columns: 1000, rows: 500)),
            Row("a row too many", Size(columns: 80, rows: 501), Size(columns: 80, rows: 500)),
            Row("columns", Size(columns: 32768, rows: 24), Size(columns: 1000, rows: 24)),
            Row("as large as may be", Size(columns: 1000, rows: 500), Size(columns: 1000, rows: 500)),
        ])
        func aWindowOfAnySizeIsCut(_ row: Row<Size, Size>) throws {
            let events = try events {
                $0.resize(to: row.input)
                kill(getpid(), SIGWINCH)
            }
            #expect(events == [.resized(row.expected)])
            let terminal = try Pseudoterminal(row.input)
            let session = try TerminalSession(
                wake: Wake(), term: "xterm", input: terminal.terminal, output: terminal.terminal)
            #expect(session.size == row.expected)
            terminal.end(session)
        }

        @Test func theSizeIsReadAgainAfterTheProcessWasStopped() throws {
            let events = try events {
                $0.resize(to: Size(columns: 30, rows: 9))
                kill(getpid(), SIGCONT)
            }
            // Whoever continues it looks at it.
            #expect(events == [.focused(true), .resized(Size(columns: 30, rows: 9))])
        }

        @Test func aSignalToResizeThatChangesNothingIsNoEvent() throws {
            let events = try events {
                kill(getpid(), SIGWINCH)
                $0.type("j")
            }
            #expect(events == [.key(.character("j"))])
        }

        @Test func manySignalsWakeOnce() throws {
            let wake = Wake()
            let events = try events(wake: wake) { _ in (0..<1000).forEach { _ in wake.signal() } }
            #expect(events == [.woken])
        }

        @Test func aSignalAfterTheWaitWakesAgain() throws {
            let wake = Wake()
            #expect(try events(wake: wake) { _ in wake.signal() } == [.woken])
            #expect(try events(wake: wake) { _ in wake.signal() } == [.woken])
        }

        @Test func aLostTerminalIsReportedOnceAndNeverSpins() throws {
            let wake = Wake()
            let terminal = try Pseudoterminal(size)
            var session = try TerminalSession(
                wake: wake, term: "xterm-256color", input: terminal.terminal, output: terminal.terminal)
            terminal.hangUp()
            #expect(session.wait(timeoutMilliseconds: 2000) == [.hungUp])
            #expect(session.wait(timeoutMilliseconds: 0) == [])
            wake.signal()
            #expect(session.wait(timeoutMilliseconds: nil) == [.woken])
            session.present(Grid(size: size), theme: .base, depth: .full)
            session.close()
        }
    }
}
