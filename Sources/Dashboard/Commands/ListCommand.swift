// SPDX-License-Identifier: Apache-2.0

import Screen

/// Moving in the list of calls.
enum ListCommand: CaseIterable, Sendable {
    case older, newer, pageDown, pageUp, newest, oldest, follow, freeze, lines, details

    var binding: Binding {
        switch self {
        case .older: bind([.down, .character("j")], "Down j", "older", "the next older call")
        case .newer: bind([.up, .character("k")], "Up k", "newer", "the next newer call")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of older calls")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of newer calls")
        case .newest: bind([.home], "Home", "newest", "the newest call, and follow")
        case .oldest: bind([.end, .character("G")], "End G", "oldest", "the oldest call that is kept")
        case .follow: bind([.character("F")], "F", "follow", "follow: keep the newest call selected", bar: 10)
        case .freeze: bind([.character("p")], "p", "freeze", "freeze the list; calls go on being answered", bar: 9)
        case .lines: bind([.tab], "Tab", "lines", "every line: its state, who says so, what callers hear", bar: 4)
        case .details: bind([.enter, .right], "Enter", "details", "look into the selected call", bar: 5)
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, words, name, help, in: .calls, places: [.list], bar: bar)
    }
}
