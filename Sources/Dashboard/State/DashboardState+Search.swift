// SPDX-License-Identifier: Apache-2.0

import EventLog
import Screen

extension DashboardState {
    mutating func runSearch(_ command: SearchCommand) {
        switch command {
        case .begin: search = Search(origin: list.isFollowing ? nil : list.selected)
        case .next: goToMatch { $0.next(after: $1) }
        case .previous: goToMatch { $0.previous(before: $1) }
        }
    }

    private mutating func goToMatch(_ neighbour: (Search, UInt64) -> UInt64?) {
        guard let search, let selected = list.selected else {
            return say("nothing is searched: / starts a search")
        }
        if let found = neighbour(search, selected) { list.select(found) } else { say("no call matches") }
    }

    /// A key while the query is being typed.
    mutating func pressInSearch(_ key: Key) {
        switch key {
        case .enter:
            search?.isOpen = false
            if search?.query.isEmpty ?? true { search = nil }
        case .escape:
            returnToOrigin()
            search = nil
        case .backspace where search?.field.text.isEmpty ?? true:
            search = nil
        case .down, .up:
            runSearch(key == .down ? .next : .previous)
        case .character, .control, .backspace, .delete, .left, .right, .home, .end, .tab, .backTab, .pageUp, .pageDown,
            .function:
            if search?.field.take(key) == true { searchTyped() }
        }
    }

    /// Looks for what is typed by now and goes to the first match at or below the place where the search began.
    mutating func searchTyped() {
        let shown = shown
        search?.typed(in: shown)
        returnToOrigin()
        guard let search, let start = search.origin ?? shown.sequences.last else { return }
        if let found = search.next(after: start, including: true) { list.select(found) }
    }

    private mutating func returnToOrigin() {
        guard let search else { return }
        if let origin = search.origin { list.select(origin) } else { list.follow() }
    }
}
