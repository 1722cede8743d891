// SPDX-License-Identifier: Apache-2.0

import Calls

/// A page of text in place of the list.
struct TextPage: Sendable {
    let kind: Kind
    /// How many lines are scrolled out at the top.
    var scroll = 0
    private(set) var lines: [StyledLine] = []
    /// Where the parts of the page begin that stay in their place when newer ones come above them.
    private var parts: [Part] = []

    enum Kind: Hashable, Sendable {
        case help
        case messages
        /// What was done at the desk, by whom.
        case audit
        /// Everything about one phone line.
        case line(PhoneNumber)
        /// A group of phone lines.
        case group(String)
        /// What a call that has not happened would get.
        case explanation
        case statistics
        /// The servers that are this desk.
        case replicas
        /// What matters, for a screen across the room.
        case wall
    }

    /// The page that it took the place of.
    let previous: Kind?

    init(kind: Kind, previous: Kind? = nil) {
        self.kind = kind
        self.previous = previous
    }

    /// A part of a page.
    struct Part: Hashable {
        let id: Int
        /// Its first line.
        let start: Int
    }

    /// Takes the lines, and how many there is room for; scrolled down, what is at the top of the screen stays there.
    mutating func fit(_ lines: [StyledLine], parts: [Part] = [], rows: Int) {
        if scroll > 0, let old = self.parts.last(where: { $0.start <= scroll }),
            let new = parts.first(where: { $0.id == old.id })
        {
            scroll += new.start - old.start
        }
        self.lines = lines
        self.parts = parts
        scroll = min(max(0, scroll), max(0, lines.count - max(1, rows)))
    }
}
