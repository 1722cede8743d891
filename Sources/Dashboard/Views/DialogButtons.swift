// SPDX-License-Identifier: Apache-2.0

import Screen

/// The row of buttons, with the word that must be typed between Cancel and the others.
struct DialogButtons {
    private let dialog: Dialog
    private let shape: DialogShape
    private let glyphs: Glyphs
    /// Whether labels and gaps are as short as can be.
    private let isTight: Bool

    init(_ dialog: Dialog, _ shape: DialogShape, glyphs: Glyphs, width: Int) {
        self.dialog = dialog
        self.shape = shape
        self.glyphs = glyphs
        isTight = Self.width(of: shape) > width
    }

    func draw(on grid: inout Grid, at place: Rect) {
        var column = place.column
        for (index, button) in shape.buttons.enumerated() {
            if index == 1, let word = shape.word { column += drawWord(word, on: &grid, row: place.row, column: column) }
            let isFocused = dialog.focus == .button(index)
            let role: Role = isFocused ? .focusedButton : button.act == .cancel || !isReady ? .button : .danger
            let text = Self.text(button, mark: isFocused ? glyphs.marker : " ", isTight: isTight)
            column += grid.write(text, row: place.row, column: column, as: role) + gap
        }
    }

    private var gap: Int { isTight ? 1 : 2 }

    /// Whether the word stands there, if one is wanted.
    private var isReady: Bool {
        shape.word.map { dialog.form[.word].trimmed.uppercased() == $0 } ?? true
    }

    private func drawWord(_ word: String, on grid: inout Grid, row: Int, column: Int) -> Int {
        let isFocused = dialog.focus == .field(.word)
        let label = grid.write("\(word):", row: row, column: column, as: isFocused ? .title : .dialog)
        let field = Rect(row: row, column: column + label, columns: Self.fieldWidth(of: word), rows: 1)
        grid.write(dialog.form[.word], in: field, isFocused: isFocused)
        return label + field.size.columns + gap
    }

    /// Room for the word and the cursor behind it.
    private static func fieldWidth(of word: String) -> Int { word.count + 1 }

    private static func text(_ button: DialogButton, mark: String, isTight: Bool) -> String {
        isTight ? "[\(mark)\(button.key) \(button.short)]" : "[\(mark)\(button.key): \(button.label) ]"
    }

    private static func width(of shape: DialogShape) -> Int {
        let word = shape.word.map { $0.count + 1 + fieldWidth(of: $0) + 2 } ?? 0
        return shape.buttons.reduce(word - 2) { $0 + DisplayWidth.of(text($1, mark: " ", isTight: false)) + 2 }
    }
}
