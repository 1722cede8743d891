// SPDX-License-Identifier: Apache-2.0

import Screen

/// Moving in the view of the phone lines.
enum LineKey: CaseIterable, Sendable {
    case down, up, pageDown, pageUp, first, last, details, calls

    var binding: Binding {
        switch self {
        case .down:
            bind(
                [.down, .character("j")], "Down j", "down",
                "the next line or group; close, open and greet then apply to it")
        case .up: bind([.up, .character("k")], "Up k", "up", "the previous line")
        case .pageDown: bind([.pageDown, .control("d")], "PgDn ^D", "page", "a page of lines down")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "page", "a page of lines up")
        case .first: bind([.home], "Home", "first", "the first line")
        case .last: bind([.end, .character("G")], "End G", "last", "the last line")
        case .details: bind([.enter, .right], "Enter", "details", "everything about the line or group", bar: 5)
        case .calls: bind([.tab, .backTab], "Tab", "calls", "back to the calls", bar: 4, word: "calls")
        }
    }

    private func bind(
        _ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil, word: String? = nil
    ) -> Binding {
        Binding(keys, text, name, help, in: .lines, contexts: [.lines], bar: bar, word: word)
    }
}
