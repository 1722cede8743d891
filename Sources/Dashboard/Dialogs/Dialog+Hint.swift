// SPDX-License-Identifier: Apache-2.0

extension Dialog {
    /// What the keys do now, for the key bar.
    var keys: [(key: String, name: String)] {
        guard focus == .field else { return [("Tab", "next"), ("Enter", "press"), ("Esc", "back")] }
        guard purpose == .export else { return [("Enter", "to the buttons"), ("Esc", "back")] }
        return [("Enter", "export"), ("Tab", "buttons"), ("Esc", "back")]
    }

    /// What the keys do to the field, below it: the words of the key bar while it has the focus.
    var hint: String {
        guard focus != .field else { return keys.map { "\($0.key): \($0.name)" }.joined(separator: "  ") }
        guard choices.count > 1, let field else { return "S-Tab: edit  Esc: back" }
        let place = choices.firstIndex(of: field.text).map { "text \($0 + 1) of \(choices.count)" }
        return "Up Down: \(place ?? "texts of the rules file")  S-Tab: edit  Esc: back"
    }
}
