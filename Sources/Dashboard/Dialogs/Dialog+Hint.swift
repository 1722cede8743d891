// SPDX-License-Identifier: Apache-2.0

extension Dialog {
    /// What the keys do now.
    var hint: String {
        if focus == .field {
            return purpose == .export ? "Enter: export  Tab: buttons  Esc: back" : "Enter: to the buttons  Esc: back"
        }
        guard choices.count > 1, let field else { return "S-Tab: edit  Esc: back" }
        let place = choices.firstIndex(of: field.text).map { "text \($0 + 1) of \(choices.count)" }
        return "Up Down: \(place ?? "texts of the rules file")  S-Tab: edit  Esc: back"
    }
}
