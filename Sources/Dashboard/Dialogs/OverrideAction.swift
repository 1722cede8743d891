// SPDX-License-Identifier: Apache-2.0

/// What a dialog does to a scope.
enum OverrideAction: Hashable, Sendable {
    case close, open, greet
    /// Takes forced greetings back.
    case clear

    /// The word that a wide action wants to be typed.
    var word: String {
        switch self {
        case .close: "CLOSE"
        case .open: "OPEN"
        case .greet: "GREET"
        case .clear: "CLEAR"
        }
    }
}
