// SPDX-License-Identifier: Apache-2.0

import Calls

/// A page of text in place of the list, while it is open.
struct TextPage: Hashable, Sendable {
    let kind: Kind
    /// How many lines are scrolled out at the top.
    var scroll = 0

    /// What the page tells.
    enum Kind: Hashable, Sendable {
        case help
        /// What the dashboard said, the newest first.
        case messages
        /// All of one line, and what touches it.
        case line(PhoneNumber)
    }

    func clamped(lines: Int, rows: Int) -> TextPage {
        TextPage(kind: kind, scroll: min(max(0, scroll), max(0, lines - max(1, rows))))
    }
}
