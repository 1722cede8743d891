// SPDX-License-Identifier: Apache-2.0

import Screen

/// What changes the words that callers hear; none of it in a read-only dashboard.
enum OverrideKeyCommand: CaseIterable, Sendable {
    case close, open, greet, undo

    var binding: Binding {
        switch self {
        case .close: bind("c", "close", "close all lines, a group or a line: callers hear a text", bar: 1)
        case .open: bind("o", "open", "open again, force open, or back to the hours", bar: 2)
        case .greet: bind("g", "greet", "force a greeting, or clear it", bar: 3)
        case .undo: bind("u", "undo", "take back what was last done", bar: 5)
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int) -> Binding {
        let places = Set(InputContext.allCases)
        return Binding([.character(key)], String(key), name, help, in: .switches, places: places, bar: bar)
    }
}
