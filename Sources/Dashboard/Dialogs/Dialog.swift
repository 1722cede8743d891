// SPDX-License-Identifier: Apache-2.0

import Screen

/// A question that must be answered before anything else, with Cancel as its first button.
struct Dialog: Hashable, Sendable {
    let purpose: Purpose
    var field: TextField?
    /// Texts that can be put into the field.
    var choices: [String] = []
    private(set) var focus: Focus
    /// What is wrong with the text, if it was refused.
    var complaint: String?

    /// What the dialog asks.
    enum Purpose: Hashable, Sendable {
        case close
        case open(OpenWish)
        case greet(isForced: Bool)
        case export
        case overwrite(path: String)
        case quit
        case suspend
    }

    enum Focus: Hashable, Sendable {
        case field
        case button(Int)
    }

    /// Creates a question; a text that has to be typed first gets the focus, else Cancel has it.
    init(_ purpose: Purpose, field: TextField? = nil, choices: [String] = []) {
        self.purpose = purpose
        self.field = field
        self.choices = choices
        let mustType = field.map { $0.text.isEmpty } ?? false
        focus = mustType || purpose == .export ? .field : .button(0)
    }

    var buttons: [DialogButton] { purpose.buttons }

    var focusedButton: DialogButton? {
        if case .button(let index) = focus { buttons[index] } else { nil }
    }

    mutating func focusField() {
        if field != nil { focus = .field }
    }

    /// Goes to the first button, which is Cancel.
    mutating func focusCancel() {
        focus = .button(0)
    }

    /// Moves the focus around: the field, if there is one, then the buttons.
    mutating func moveFocus(by step: Int) {
        let stops: [Focus] = (field == nil ? [] : [.field]) + buttons.indices.map(Focus.button)
        guard let index = stops.firstIndex(of: focus) else { return }
        focus = stops[(index + step + stops.count) % stops.count]
    }

    /// Puts the next text of the choices into the field.
    mutating func cycle(by step: Int) {
        guard let first = choices.first else { return }
        complaint = nil
        guard let current = field.flatMap({ choices.firstIndex(of: $0.text) }) else {
            field = TextField(first)
            return
        }
        field = TextField(choices[(current + step + choices.count) % choices.count])
    }

    /// Inserts pasted text, if the field has the focus.
    mutating func paste(_ text: String) {
        guard focus == .field else { return }
        field?.insert(text)
        complaint = nil
    }
}
