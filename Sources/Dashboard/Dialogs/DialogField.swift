// SPDX-License-Identifier: Apache-2.0

/// Something that is filled in before a dialog is confirmed.
enum DialogField: Hashable, Sendable {
    case scope
    /// How it is closed, or what opening means.
    case kind
    case text
    case until
    case time
    case reason
    /// The word that a wide action wants; it stands between the buttons.
    case word
    /// Where an export goes.
    case path

    /// Whether one of a few things is chosen, instead of anything being typed.
    var isChoice: Bool {
        switch self {
        case .scope, .kind, .until: true
        case .text, .time, .reason, .word, .path: false
        }
    }

    var label: String {
        switch self {
        case .scope: "Lines"
        case .kind: "Kind"
        case .text: "Text"
        case .until: "Until"
        case .time: "At"
        case .reason: "Reason"
        case .word: "Word"
        case .path: "File"
        }
    }

    /// The letter that goes to it from the buttons.
    var letter: Character? {
        switch self {
        case .scope: "l"
        case .kind: "k"
        case .text: "t"
        case .until: "u"
        case .time: "a"
        case .reason: "r"
        case .word, .path: nil
        }
    }
}
