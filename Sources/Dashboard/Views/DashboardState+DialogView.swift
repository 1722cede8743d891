// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
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
