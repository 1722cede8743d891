// SPDX-License-Identifier: Apache-2.0

extension Dialog {
    /// What the keys do now, for the key bar.
    var keys: [(key: String, name: String)] {
        guard case .field(let field) = focus else { return [("Tab", "next"), ("Enter", "press"), ("Esc", "back")] }
        switch field {
        case .path: return [("Enter", "export"), ("Tab", "buttons"), ("Esc", "back")]
        case .word: return [("Enter", "confirm"), ("Tab", "next"), ("Esc", "back")]
        case .scope, .kind, .until: return [("Left Right", "another"), ("Enter", "to the buttons"), ("Esc", "back")]
        case .text, .time, .reason: return [("Enter", "to the buttons"), ("Tab", "next"), ("Esc", "back")]
        }
    }

    /// What the keys do to the field that has the focus, or what is to be done before the buttons work.
    func hint(_ shape: DialogShape, zone: String) -> String {
        guard case .field(let field) = focus else { return hint(onButtons: shape) }
        switch field {
        case .scope where !form.sought.isEmpty: return "found by \"\(form.sought)\"  Enter: to the buttons"
        case .scope: return "Left Right: another  letters: find it"
        case .kind: return "Left Right: another  Enter: to the buttons"
        case .until: return "Left Right: another  digits: a time"
        case .text:
            let place = form.texts.firstIndex(of: form[.text].text).map { "text \($0 + 1) of \(form.texts.count)" }
            let texts = form.texts.isEmpty ? "" : "Up Down: \(place ?? "texts of the rules file")  "
            return texts + "Enter: to the buttons"
        case .time: return "HH:MM in \(zone)"
        case .reason: return "why, for the others  Enter: to the buttons"
        case .word: return "type \(shape.word ?? ""), then Enter"
        case .path: return keys.map { "\($0.key): \($0.name)" }.joined(separator: "  ")
        }
    }

    private func hint(onButtons shape: DialogShape) -> String {
        let letters = shape.fields.compactMap(\.letter).map(String.init).joined(separator: " ")
        let change = letters.isEmpty ? "" : "\(letters): change  "
        return change + (shape.word.map { "Tab: type \($0)" } ?? "Tab: next")
    }
}
