// SPDX-License-Identifier: Apache-2.0

import Screen

/// Scrolling a page of text: one call, or a page.
enum ScrollCommand: CaseIterable, Sendable {
    case down, up, pageDown, pageUp, start, end

    var binding: Binding {
        switch self {
        case .down: bind([.down, .character("j")], "Down j", "scroll down")
        case .up: bind([.up, .character("k")], "Up k", "scroll up")
        case .pageDown: bind([.pageDown, .control("d"), .character(" ")], "PgDn ^D", "scroll a page down")
        case .pageUp: bind([.pageUp, .control("u")], "PgUp ^U", "scroll a page up")
        case .start: bind([.home], "Home", "scroll to the start")
        case .end: bind([.end, .character("G")], "End G", "scroll to the end")
        }
    }

    private func bind(_ keys: [Key], _ words: String, _ help: String) -> Binding {
        Binding(keys, words, "scroll", help, in: .detail, places: [.detail, .page])
    }
}
