// SPDX-License-Identifier: Apache-2.0

import Screen

/// Changes to the overrides; none of them in a read-only dashboard.
enum OverrideKey: CaseIterable, Sendable {
    case close, open, greet, undo

    var binding: Binding {
        switch self {
        case .close: bind("c", "close", "close all lines, a group or a line; callers hear a text", bar: 1)
        case .open: bind("o", "open", "reopen, force open, or follow the hours again", bar: 2)
        case .greet: bind("g", "greet", "force a greeting, or clear it", bar: 3)
        case .undo: bind("u", "undo", "undo the last change", bar: 5)
        }
    }

    private func bind(_ key: Character, _ name: String, _ help: String, bar: Int) -> Binding {
        Binding(
            [.character(key)], String(key), name, help, in: .overrides, contexts: InputContext.screens, bar: bar,
            word: name)
    }
}
