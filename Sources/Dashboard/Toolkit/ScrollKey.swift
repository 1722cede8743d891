// SPDX-License-Identifier: Apache-2.0

import Screen

/// Scrolling a page of text: an open call, or a page.
enum ScrollKey: CaseIterable, Sendable {
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

    private func bind(_ keys: [Key], _ text: String, _ help: String) -> Binding {
        Binding(keys, text, "scroll", help, in: .detail, contexts: [.detail, .page])
    }
}

extension DashboardState {
    mutating func scroll(_ key: ScrollKey) {
        let rows = max(1, (page == nil ? layout.detailRows : layout.body.size.rows) - 1)
        let step =
            switch key {
            case .down: 1
            case .up: -1
            case .pageDown: rows
            case .pageUp: -rows
            case .start: -Detail.mostLines
            case .end: Detail.mostLines
            }
        if page != nil { page?.scroll += step } else { detail?.scroll += step }
    }
}
