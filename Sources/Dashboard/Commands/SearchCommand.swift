// SPDX-License-Identifier: Apache-2.0

import Screen

/// Diagnostic calls.
enum SearchCommand: CaseIterable, Sendable {
    case begin, next, previous

    var binding: Binding {
        switch self {
        case .begin: bind("/", "search", "search caller, line, answer, by, call id", bar: 7)
        case .next: bind("n", "next match", "the next match, towards older calls")
        case .previous: bind("N", "previous match", "the previous match, towards newer calls")
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding([.character(key)], String(key), name, help, in: .search, places: [.list], bar: bar)
    }
}
