// SPDX-License-Identifier: Apache-2.0

import Screen

extension DashboardState {
    /// Draws a dialog over the middle of the screen; the bars above stay in sight.
    func draw(_ dialog: Dialog, on grid: inout Grid, below top: Int) {
        let words = DialogWords(dialog.purpose, in: self)
        let plan = DialogPlan(dialog, words: words.lines, size: size, below: top)
        // Nothing of what lies behind is cut in the middle: the rows are cleared from edge to edge.
        grid.fill(Rect(row: plan.box.row, column: 0, columns: size.columns, rows: plan.box.size.rows), as: .text)
        grid.fill(plan.box, as: .dialog)
        grid.box(plan.box, title: words.title, glyphs: glyphs, as: .focusedBorder)
        for (row, text) in zip(plan.texts.row..., plan.lines) {
            grid.write(text, row: row, column: plan.texts.column, width: plan.texts.size.columns, as: .dialog)
        }
        if let field = dialog.field {
            if let row = plan.label { grid.write("\(words.label):", row: row, column: plan.field.column, as: .dialog) }
            grid.write(field, in: plan.field, isFocused: dialog.focus == .field)
            if let row = plan.hint {
                let role: Role = dialog.complaint == nil ? .muted : .danger
                let words = dialog.complaint ?? dialog.hint
                grid.write(words, row: row, column: plan.field.column, width: plan.field.size.columns, as: role)
            }
        }
        drawButtons(of: dialog, on: &grid, at: plan.buttons)
    }

    private func drawButtons(of dialog: Dialog, on grid: inout Grid, at place: Rect) {
        var column = place.column
        for button in dialog.buttons {
            let isFocused = dialog.focusedButton == button
            let role: Role = isFocused ? .focusedButton : button.act == .cancel ? .button : .danger
            let mark = isFocused ? glyphs.marker : " "
            column +=
                grid.write("[\(mark)\(button.key): \(button.label) ]", row: place.row, column: column, as: role) + 2
        }
    }
}
