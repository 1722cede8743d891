// SPDX-License-Identifier: Apache-2.0

import Screen

/// Filling in a dialog.
///
/// The letters work while a button, the kind or the end has the focus, so that they never get into a text.
enum DialogKey: CaseIterable, Sendable {
    case next, previous, scope, kind, text, until, time, reason, choose, press, confirm, clear, suspend, cancel

    var binding: Binding {
        switch self {
        case .next: bind([.tab], "Tab", "next", "the next field or button")
        case .previous: bind([.backTab], "S-Tab", "previous", "the previous field or button")
        case .scope: bind("l", "lines", "lines: arrows, or letters of a line's name")
        case .kind: bind("k", "kind", "kind: reject the calls, or let the assistant inform")
        case .text: bind("t", "text", "text: type it, or arrows for the texts of the rules file")
        case .until: bind("u", "until", "until: arrows, or digits for a time")
        case .time: bind("a", "at", "at: the time, once one is chosen")
        case .reason: bind("r", "reason", "reason: shown to the other operators")
        case .choose: bind([.left, .right, .up, .down], "Arrows", "choose", "another choice, or the next button")
        case .press: bind([.enter], "Enter", "press", "from a field to Cancel; on the typed word: confirm")
        case .confirm: bind("y", "confirm", "confirm; changes to more than one line need the word typed first")
        case .clear: bind("x", "clear", "clear a forced greeting, or what is set for the caller")
        case .suspend: bind("s", "suspend", "suspend anyway")
        case .cancel: bind([.character("n"), .escape], "n Esc", "cancel", "back, without changing anything")
        }
    }

    /// The field that it moves the focus to.
    var field: DialogField? {
        switch self {
        case .scope: .scope
        case .kind: .kind
        case .text: .text
        case .until: .until
        case .time: .time
        case .reason: .reason
        case .next, .previous, .choose, .press, .confirm, .clear, .suspend, .cancel: nil
        }
    }

    /// Its letter on the buttons, if it has one.
    var letter: Character? {
        if case .character(let letter)? = binding.keys.first { letter } else { nil }
    }

    private func bind(_ key: Character, _ name: String, _ help: String) -> Binding {
        bind([.character(key)], String(key), name, help)
    }

    private func bind(_ keys: [Key], _ text: String, _ name: String, _ help: String) -> Binding {
        Binding(keys, text, name, help, in: .dialog, contexts: [.dialog])
    }
}
