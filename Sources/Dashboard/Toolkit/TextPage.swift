// SPDX-License-Identifier: Apache-2.0

import Calls

/// A page of text in place of the list.
struct TextPage: Sendable {
    let kind: Kind
    /// How many lines are scrolled out at the top.
    var scroll = 0
    private(set) var lines: [StyledLine] = []

    enum Kind: Hashable, Sendable {
        case help
        case messages
        /// Everything about one phone line.
        case line(PhoneNumber)
    }

    init(kind: Kind) {
        self.kind = kind
    }

    mutating func fit(_ lines: [StyledLine], rows: Int) {
        self.lines = lines
        scroll = min(max(0, scroll), max(0, lines.count - max(1, rows)))
    }
}
