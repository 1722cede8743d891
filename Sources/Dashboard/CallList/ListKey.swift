// SPDX-License-Identifier: Apache-2.0

import Screen

/// Moving in the list of calls.
enum ListKey: CaseIterable, Sendable {
    case older, newer, pageDown, pageUp, newest, oldest, follow, freeze, lines, details

    var binding: Binding {
        switch self {
        case .older: bind([.down, .character("j")], "Down j", "older", "the next older call")
        case .newer: bind([.up, .character("k")], "Up k", "newer", "the next newer call")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of older calls")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of newer calls")
        case .newest: bind([.home], "Home", "newest", "the newest call, and follow")
        case .oldest: bind([.end, .character("G")], "End G", "oldest", "the oldest call in memory")
        case .follow:
            bind([.character("F")], "F", "follow", "follow: keep the newest call selected", bar: 10, word: "follow")
        case .freeze:
            bind([.character("p")], "p", "freeze", "freeze the list; calls are still answered", bar: 9, word: "freeze")
        case .lines:
            bind([.tab], "Tab", "lines", "every phone line: state, cause, first message", bar: 4, word: "lines")
        case .details: bind([.enter, .right], "Enter", "details", "open the selected call", bar: 5)
        }
    }

    private func bind(
        _ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil, word: String? = nil
    ) -> Binding {
        Binding(keys, text, name, help, in: .calls, contexts: [.list], bar: bar, word: word)
    }
}
