// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

extension DashboardState {
    /// Draws a dialog over the middle of the screen; the bars above stay in sight.
    func draw(_ dialog: Dialog, on grid: inout Grid, below top: Int) {
        let words = DialogText(dialog, in: self)
        let shape = shape(of: dialog)
        let plan = DialogPlan(dialog, shape, words: words, look: glyphs, size: size, below: top)
        // Nothing of what lies behind is cut in the middle: the rows are cleared from edge to edge.
        grid.fill(Rect(row: plan.box.row, column: 0, columns: size.columns, rows: plan.box.size.rows), as: .text)
        grid.fill(plan.box, as: .dialog)
        grid.box(plan.box, title: words.title, glyphs: glyphs, as: .focusedBorder)
        for (row, text) in zip(plan.texts.row..., plan.lines) {
            grid.write(text, row: row, column: plan.texts.column, width: plan.texts.size.columns, as: .dialog)
        }
        for (field, area) in plan.fields { draw(field, of: dialog, on: &grid, in: area) }
        if let row = plan.hint {
            let role: Role = dialog.complaint == nil ? .muted : .danger
            let words = dialog.complaint ?? dialog.hint(shape, zone: desk?.timeZone ?? "")
            let column = plan.texts.column
            grid.write(words, row: row, column: column, width: plan.texts.size.columns, as: role)
        }
        DialogButtons(dialog, shape, glyphs: glyphs, width: plan.buttons.size.columns)
            .draw(on: &grid, at: plan.buttons)
    }

    private func draw(_ field: DialogField, of dialog: Dialog, on grid: inout Grid, in area: Rect) {
        let isFocused = dialog.focus == .field(field)
        if let letter = field.letter { grid.write(String(letter), row: area.row, column: area.column, as: .key) }
        let name = field.letter == nil ? area.column : area.column + 2
        grid.write(field.label, row: area.row, column: name, as: isFocused ? .title : .dialog)
        let rest = Rect(
            row: area.row, column: area.column + DialogParts.label, columns: area.size.columns - DialogParts.label,
            rows: area.size.rows)
        guard field.isChoice else { return grid.write(dialog.form[field], in: rest, isFocused: isFocused) }
        guard let plan = plan(of: dialog) else { return }
        draw(plan, field, isFocused: isFocused, on: &grid, in: rest)
    }

    private func draw(
        _ plan: OverrideDraft, _ field: DialogField, isFocused: Bool, on grid: inout Grid, in area: Rect
    ) {
        let choices = plan.choices(of: field)
        let place = plan.chosen(in: field)
        guard choices.indices.contains(place) else { return }
        let count = "\(Words.number(place + 1)) of \(Words.number(choices.count))"
        let room = area.size.columns - DisplayWidth.of(count) - 5
        let choice = CleanText.cut(choices[place], to: max(4, room), ellipsis: glyphs.ellipsis)
        let taken = grid.write(
            "< \(choice) >", row: area.row, column: area.column, width: area.size.columns,
            as: isFocused ? .focusedButton : .field)
        grid.write(count, row: area.row, column: area.column + taken + 1, width: room, as: .muted)
    }
}

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
