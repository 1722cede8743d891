// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import TestSupport
import Testing

@Suite struct TerminalNameTests {
    /// What a small system knows.
    private static let known: Set<String> = ["xterm", "xterm-256color", "screen", "screen-256color", "vt100"]

    @Test(
        arguments: [
            Row("a known one", "vt100", "vt100"), Row("row 30: kitty", "xterm-kitty", "xterm-256color"),
            Row("row 30: alacritty", "alacritty", "xterm-256color"),
            Row("row 30: ghostty", "xterm-ghostty", "xterm-256color"),
            Row("its other name", "ghostty", "xterm-256color"),
            Row("row 30: foot", "foot", "xterm-256color"), Row("row 30: putty", "putty-256color", "xterm-256color"),
            Row("wezterm", "wezterm", "xterm-256color"), Row("st", "st", "xterm-256color"),
            Row("st with colors", "st-256color", "xterm-256color"),
            Row("rxvt", "rxvt-unicode-256color", "xterm-256color"),
            Row("xterm with direct colors", "xterm-direct", "xterm-256color"),
            Row("tmux", "tmux-256color", "screen-256color"),
            Row("screen in xterm", "screen.xterm-new", "screen-256color"),
            Row("capitals", "XTERM-KITTY", "xterm-256color"), Row("an unknown family", "wyse60", nil),
            Row("no name", "", nil), Row("dumb", "dumb", nil), Row("a name like st", "stupid", nil),
        ] as [Row<String, String?>])
    func anUnknownTerminalOfAKnownFamilyIsShownLikeIts(_ row: Row<String, String?>) {
        let name = TerminalName(row.input) { Self.known.contains($0) }
        #expect(name?.used == row.expected)
        #expect((name?.note != nil) == (row.expected != nil && row.expected != row.input))
    }

    @Test func withFewerDescriptionsTheNextIsTaken() {
        #expect(TerminalName("foot") { $0 == "xterm" }?.used == "xterm")
        #expect(TerminalName("tmux") { $0 == "xterm-256color" }?.used == "xterm-256color")
        #expect(TerminalName("foot") { _ in false } == nil)
    }

    @Test(
        arguments: [
            Row("a terminal of this machine", [:], 100),
            Row("row 27: over SSH", ["SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"], 300),
            Row("with its terminal's name only", ["SSH_TTY": "/dev/pts/3"], 300),
            Row("an empty one", ["SSH_TTY": ""], 100),
            Row("row 27: ESCDELAY", ["ESCDELAY": "1000"], 1000),
            Row("ESCDELAY over SSH", ["ESCDELAY": "10", "SSH_TTY": "/dev/pts/3"], 10),
            Row("too long", ["ESCDELAY": "999999999"], 5000), Row("no number", ["ESCDELAY": "soon"], 100),
            Row("negative", ["ESCDELAY": "-1"], 100), Row("zero", ["ESCDELAY": "0"], 100),
        ] as [Row<[String: String], Int>])
    func escapeWaits(_ row: Row<[String: String], Int>) {
        #expect(EscapeDelay.milliseconds(environment: row.input) == row.expected)
    }
}
