// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Glibc
import Screen

/// A terminal that a test holds the other end of.
final class Pseudoterminal {
    let terminal: Int32
    private var other: Int32

    /// Opens a pair; small screens fit in the buffer of the system, so that nobody has to read along.
    init(_ size: Size) throws {
        other = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
        var unlocked: Int32 = 0
        guard other >= 0, ioctl(other, Request.lock, &unlocked) == 0 else { throw Problem(what: "no pseudoterminal") }
        terminal = ioctl(other, Request.openPeer, O_RDWR | O_NOCTTY)
        guard terminal >= 0 else { throw Problem(what: "no other end") }
        resize(to: size)
    }

    deinit {
        close(terminal)
        hangUp()
    }

    func resize(to size: Size) {
        var window = winsize(
            ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &window)
    }

    func type(_ text: String) { type(Array(text.utf8)) }

    func type(_ bytes: [UInt8]) {
        _ = write(other, bytes, bytes.count)
    }

    /// What was written to the terminal since the last time this was asked.
    func output() -> String {
        var all: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 4096)
        while case let count = read(other, &bytes, bytes.count), count > 0 { all += bytes.prefix(count) }
        return String(decoding: all, as: UTF8.self)
    }

    /// Ends a session with answers to all that it may have asked; without them its end would wait a second.
    func end(_ session: consuming TerminalSession) {
        type(String(repeating: "\u{1B}[0n", count: 8))
        session.close()
    }

    func hangUp() {
        if other >= 0 { close(other) }
        other = -1
    }

    /// How the terminal treats lines and keys, as text to compare.
    var settings: String {
        var settings = termios()
        tcgetattr(terminal, &settings)
        return "\(settings)"
    }

    /// Requests whose names in C are macros that Swift does not see.
    private enum Request {
        static let lock: UInt = 0x4004_5431
        static let openPeer: UInt = 0x5441
    }

    struct Problem: Error {
        let what: String
    }
}
