// SPDX-License-Identifier: Apache-2.0

/// A way out of a dialog.
struct DialogButton: Hashable, Sendable {
    let label: String
    /// The letter that presses it while no text is being typed.
    let key: Character
    let act: Act

    enum Act: Hashable, Sendable {
        case cancel
        case confirm
        /// Clears the forced greeting.
        case clear
    }

    static let cancel = DialogButton(label: "Cancel", key: "n", act: .cancel)
}

extension Dialog.Purpose {
    var buttons: [DialogButton] {
        switch self {
        case .close: [.cancel, DialogButton(label: "Close all lines", key: "y", act: .confirm)]
        case .open(.followHours): [.cancel, DialogButton(label: "Follow the hours", key: "y", act: .confirm)]
        case .open: [.cancel, DialogButton(label: "Open all lines", key: "y", act: .confirm)]
        case .greet(isForced: false): [.cancel, DialogButton(label: "Greet so", key: "y", act: .confirm)]
        case .greet(isForced: true):
            [
                .cancel, DialogButton(label: "Greet so", key: "y", act: .confirm),
                DialogButton(label: "Clear", key: "x", act: .clear),
            ]
        case .export: [.cancel, DialogButton(label: "Export", key: "y", act: .confirm)]
        case .overwrite: [.cancel, DialogButton(label: "Overwrite", key: "y", act: .confirm)]
        case .quit: [.cancel, DialogButton(label: "Quit", key: "y", act: .confirm)]
        case .suspend: [.cancel, DialogButton(label: "Suspend anyway", key: "s", act: .confirm)]
        }
    }
}
