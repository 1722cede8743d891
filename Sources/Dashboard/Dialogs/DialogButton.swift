// SPDX-License-Identifier: Apache-2.0

/// A way out of a dialog.
struct DialogButton: Hashable, Sendable {
    let label: String
    /// The label where there is little room.
    let short: String
    /// The letter that presses it while no text is being typed.
    let key: Character
    let act: Act

    enum Act: Hashable, Sendable {
        case cancel
        case confirm
        /// Clears the forced greetings of the scope.
        case clear
    }

    init(_ label: String, short: String? = nil, key: Character = "y", act: Act = .confirm) {
        self.label = label
        self.short = short ?? label
        self.key = key
        self.act = act
    }

    static let cancel = DialogButton("Cancel", key: "n", act: .cancel)
}
