// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Glibc
import Screen
import Testing

extension TerminalSessionTests {
    /// What a terminal has to tell; a part of the suite, because its tests must take turns with the others.
    @Suite(.serialized) struct Events {
        private let size = Size(columns: 40, rows: 6)

        /// Opens a session, does something to its terminal, and says what it tells.
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
            session.close()
            return events
        }

        /// The bytes of a terminal, and the keys that they are.
        struct Example: CustomTestStringConvertible, Sendable {
            let bytes: String
            let keys: [Key]

            var testDescription: String { "\(keys)" }
        }

        @Test(arguments: [
            Example(bytes: "jé世", keys: [.character("j"), .character("é"), .character("世")]),
            Example(bytes: "\r\n\t", keys: [.enter, .enter, .tab]),
            Example(bytes: "\u{7F}\u{8}", keys: [.backspace, .backspace]),
            Example(
                bytes: "\u{1}\u{C}\u{1A}\u{13}", keys: [.control("a"), .control("l"), .control("z"), .control("s")]),
            Example(bytes: "\u{1B}[A\u{1B}OA\u{1B}[B\u{1B}[C\u{1B}[D", keys: [.up, .up, .down, .right, .left]),
            Example(bytes: "\u{1B}[H\u{1B}[1~\u{1B}[7~\u{1B}OF\u{1B}[4~", keys: [.home, .home, .home, .end, .end]),
            Example(bytes: "\u{1B}[5~\u{1B}[6~\u{1B}[3~\u{1B}[Z", keys: [.pageUp, .pageDown, .delete, .backTab]),
            Example(bytes: "\u{1B}OP\u{1B}[24~", keys: [.function(1), .function(12)]),
            Example(bytes: "\u{1B}", keys: [.escape]),
            Example(bytes: "\u{1B}x", keys: [.escape, .character("x")]),
            Example(bytes: "\u{1B}[1;5Aq", keys: [.character("q")]),
            Example(bytes: "\u{1B}[[Zq\u{1B}[<0;1;1Mq", keys: [.character("q"), .character("q")]),
            Example(bytes: "\u{1B}\u{1B}[A", keys: [.escape, .up]),
            Example(bytes: "\u{1B}[A\u{1F}x", keys: [.up, .character("x")]),
        ])
        func keysAreToldWhateverBytesStandForThem(_ example: Example) throws {
            let events = try events(atLeast: example.keys.count) { $0.type(example.bytes) }
            #expect(events == example.keys.map { .key($0) })
        }

        @Test(arguments: ["vt100", "linux", "screen", "xterm"])
        func theKeysOfXtermAreKeysOnEveryTerminal(term: String) throws {
            let events = try events(term: term, atLeast: 5) { $0.type("\u{1B}[A\u{1B}OB\u{1B}[1~\u{1B}[Z\u{1B}[15~") }
            #expect(events == [.key(.up), .key(.down), .key(.home), .key(.backTab), .key(.function(5))])
        }

        @Test func aPasteIsOneEventAndNoCommand() throws {
            let events = try events(atLeast: 2) { $0.type("\u{1B}[200~q\u{1B}[A\u{1B}c\ny\u{1B}[201~x") }
            #expect(events.count == 2)
            guard case .paste(let text) = events.first else { Issue.record("no paste in \(events)"); return }
            #expect(text.hasPrefix("q") && text.hasSuffix("c y"))
            #expect(events.last == .key(.character("x")))
        }

        @Test func aNewSizeIsToldAtOnce() throws {
            let events = try events {
                $0.resize(to: Size(columns: 30, rows: 9))
                kill(getpid(), SIGWINCH)
            }
            #expect(events == [.resized(Size(columns: 30, rows: 9))])
        }

        @Test func theSizeIsReadAgainAfterTheProcessWasStopped() throws {
            let events = try events {
                $0.resize(to: Size(columns: 30, rows: 9))
                kill(getpid(), SIGCONT)
            }
            #expect(events == [.resized(Size(columns: 30, rows: 9))])
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

        @Test func aTerminalThatIsGoneIsToldOnceAndNeverSpins() throws {
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
