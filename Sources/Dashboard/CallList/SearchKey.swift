// SPDX-License-Identifier: Apache-2.0

import Screen

/// Finding calls.
enum SearchKey: CaseIterable, Sendable {
    case begin, next, previous

    var binding: Binding {
        switch self {
        case .begin:
            bind("/", "search", "search rows, notes, summaries, transcripts and call ids", bar: 7, word: "search")
        case .next: bind("n", "next match", "the next match, towards older calls")
        case .previous: bind("N", "previous match", "the previous match, towards newer calls")
        }
    }

    private func bind(
        _ key: Character, _ name: String, _ help: String, bar: Int? = nil, word: String? = nil
    ) -> Binding {
        Binding([.character(key)], String(key), name, help, in: .search, contexts: [.list], bar: bar, word: word)
    }
}
