// SPDX-License-Identifier: Apache-2.0

import Screen

/// Moving in the view of the lines.
enum LineCommand: CaseIterable, Sendable {
    case down, up, pageDown, pageUp, first, last, whole, calls

    var binding: Binding {
        switch self {
        case .down: bind([.down, .character("j")], "Down j", "down", "the next line; c o g then mean that line")
        case .up: bind([.up, .character("k")], "Up k", "up", "the line before")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of lines down")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of lines up")
        case .first: bind([.home], "Home", "first", "the first line")
        case .last: bind([.end, .character("G")], "End G", "last", "the last line")
        case .whole: bind([.enter, .right], "Enter", "all of it", "all of the line, word for word", bar: 5)
        case .calls: bind([.tab, .backTab], "Tab", "calls", "back to the calls", bar: 4)
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, words, name, help, in: .lines, places: [.lines], bar: bar)
    }
}
