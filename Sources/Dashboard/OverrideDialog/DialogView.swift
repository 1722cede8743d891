// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

extension DashboardState {
    /// Whether all of an open dialog is on the screen; no key changes anything that cannot be seen.
    var isDialogVisible: Bool {
        guard let dialog else { return true }
        let box = place(dialog, shape(of: dialog), DialogText(dialog, in: self)).box
        return box.columns.upperBound <= size.columns && box.rows.upperBound <= size.rows
    }

    private func place(_ dialog: Dialog, _ shape: DialogShape, _ text: DialogText) -> DialogLayout {
        DialogLayout(withObstacle(dialog), shape, text: text, glyphs: glyphs, size: size, below: layout.bars.upperBound)
    }

    /// Why a dialog cannot be confirmed now, whatever is filled in; `nil` if it can.
    func obstacle(to dialog: Dialog) -> String? {
        noContactSince != nil && dialog.purpose.needsServer ? "no contact with the server: not possible now" : nil
    }

    /// The dialog with that in the place of what is wrong with its fields.
    private func withObstacle(_ dialog: Dialog) -> Dialog {
        var dialog = dialog
        dialog.complaint = obstacle(to: dialog) ?? dialog.complaint
        return dialog
    }

    /// Draws a dialog over the middle of the screen, below the bars.
    func draw(_ dialog: Dialog, on grid: inout Grid) {
        let text = DialogText(dialog, in: self)
        let shape = shape(of: dialog)
        let layout = place(dialog, shape, text)
        // The rows are cleared from edge to edge, so that the screen below does not show in pieces.
        grid.fill(Rect(row: layout.box.row, column: 0, columns: size.columns, rows: layout.box.size.rows), as: .text)
        grid.fill(layout.box, as: .dialog)
        grid.box(layout.box, title: text.title, glyphs: glyphs, as: .focusedBorder)
        drawHidden(of: dialog, layout, shape, on: &grid)
        for (row, line) in zip(layout.texts.row..., layout.lines) {
            grid.write(line, row: row, column: layout.texts.column, width: layout.texts.size.columns, as: .dialog)
        }
        for (field, area) in layout.fields { draw(field, of: dialog, on: &grid, in: area) }
        if let row = layout.hint {
            let complaint = withObstacle(dialog).complaint
            let role: Role = complaint == nil ? .muted : .danger
            let hint =
                complaint
                ?? (dialog.focus == .field(.path) ? exportHint : dialog.hint(shape, zone: status?.timeZone ?? ""))
            let cut = CleanText.cut(hint, to: layout.texts.size.columns, ellipsis: glyphs.ellipsis)
            grid.write(cut, row: row, column: layout.texts.column, as: role)
        }
        let isOff = obstacle(to: dialog) != nil
        DialogButtons(dialog, shape, glyphs: glyphs, width: layout.buttons.size.columns, isOff: isOff)
            .draw(on: &grid, at: layout.buttons)
    }

    /// Names the fields that there is no room for on the lower edge, and the keys that go to them.
    private func drawHidden(of dialog: Dialog, _ layout: DialogLayout, _ shape: DialogShape, on grid: inout Grid) {
        let shown = layout.fields.map(\.field)
        let hidden = shape.fields.filter { !shown.contains($0) }
        guard !hidden.isEmpty, layout.box.size.columns > 12 else { return }
        // On the buttons their letters go there; in a field a letter is text or a choice.
        let words =
            if case .button = dialog.focus {
                "more: "
                    + hidden.map { field in (field.letter.map { "\($0) " } ?? "") + field.label }
                    .joined(separator: ", ")
            } else {
                "\(DialogKey.next.binding.keyText): \(hidden.map(\.label).joined(separator: ", "))"
            }
        let cut = CleanText.cut(words, to: layout.box.size.columns - 6, ellipsis: glyphs.ellipsis)
        grid.write(" \(cut) ", row: layout.box.rows.upperBound - 1, column: layout.box.column + 2, as: .key)
    }

    private func draw(_ field: DialogField, of dialog: Dialog, on grid: inout Grid, in area: Rect) {
        let isFocused = dialog.focus == .field(field)
        if let letter = field.letter { grid.write(String(letter), row: area.row, column: area.column, as: .key) }
        let name = field.letter == nil ? area.column : area.column + 2
        grid.write(field.label, row: area.row, column: name, as: isFocused ? .title : .dialog)
        let rest = Rect(
            row: area.row, column: area.column + DialogParts.label, columns: area.size.columns - DialogParts.label,
            rows: area.size.rows)
        guard field.isChoice else {
            return grid.write(dialog.form[field], in: rest, isFocused: isFocused, ellipsis: glyphs.ellipsis)
        }
        guard let draft = draft(of: dialog) else { return }
        draw(draft, field, isFocused: isFocused, on: &grid, in: rest)
    }

    private func draw(
        _ draft: OverrideDraft, _ field: DialogField, isFocused: Bool, on grid: inout Grid, in area: Rect
    ) {
        let choices = draft.choices(of: field)
        guard let place = draft.chosen(in: field) else {
            grid.write(
                "< \(draft.form.scopeWords) >", row: area.row, column: area.column, width: area.size.columns,
                as: isFocused ? .focusedButton : .muted)
            return
        }
        guard choices.indices.contains(place) else { return }
        let count = "\(Text.number(place + 1)) of \(Text.number(choices.count))"
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
    /// Whether only Cancel works.
    private let isOff: Bool

    init(_ dialog: Dialog, _ shape: DialogShape, glyphs: Glyphs, width: Int, isOff: Bool) {
        self.isOff = isOff
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
            let isCancel = button.role == .cancel
            let role: Role =
                isFocused ? .focusedButton : isOff && !isCancel ? .muted : isCancel || !isReady ? .button : .danger
            let text = Self.text(button, mark: isFocused ? glyphs.marker : " ", isTight: isTight)
            column += grid.write(text, row: place.row, column: column, as: role) + gap
        }
    }

    private var gap: Int { isTight ? 1 : 2 }

    /// Whether the word is typed, if one is needed.
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

    /// Room for the word and the cursor after it.
    private static func fieldWidth(of word: String) -> Int { word.count + 1 }

    private static func text(_ button: DialogButton, mark: String, isTight: Bool) -> String {
        isTight ? "[\(mark)\(button.letter) \(button.short)]" : "[\(mark)\(button.letter): \(button.label) ]"
    }

    private static func width(of shape: DialogShape) -> Int {
        let word = shape.word.map { $0.count + 1 + fieldWidth(of: $0) + 2 } ?? 0
        return shape.buttons.reduce(word - 2) { $0 + DisplayWidth.of(text($1, mark: " ", isTight: false)) + 2 }
    }
}
