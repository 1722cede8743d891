// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// Where the parts of a dialog stand, in as many rows as the screen can give.
///
/// The buttons always stand there, and so does the field that has the focus; where there is no room for all fields, as
/// many are shown as there are rows for.
struct DialogPlan {
    let box: Rect
    let lines: [String]
    let texts: Rect
    /// The fields that there is room for, each with its rows.
    let fields: [(field: DialogField, area: Rect)]
    /// The row below the fields that says what the keys do, where there is room for one.
    let hint: Int?
    let buttons: Rect

    private static let widest = 76

    init(_ dialog: Dialog, _ shape: DialogShape, words: DialogText, look: Glyphs, size: Size, below top: Int) {
        // Where it is narrow, the frame stands at the very edges.
        let width = min(size.columns < 60 ? size.columns : size.columns - 2, Self.widest)
        let inner = width - 4
        let room = max(2, size.rows - top - 2)
        let parts = DialogParts(dialog, shape, words: words, width: inner, ellipsis: look.ellipsis)
        let fit = parts.fitting(room)
        lines = fit.lines
        let blank = fit.isAiry ? 1 : 0
        let column = (size.columns - width) / 2
        let fieldRows = fit.fields.reduce(0) { $0 + $1.rows }
        let hasHint = fit.hasHint ? 1 : 0
        let rows =
            lines.count + fieldRows + hasHint + 1 + blank + (fieldRows + hasHint > 0 ? blank : 0) + 2
        box = Rect(
            row: top + max(0, size.rows - top - rows) / 2, column: column, columns: width, rows: min(rows, room + 2))
        texts = Rect(row: box.row + 1, column: column + 2, columns: inner, rows: lines.count)
        var row = texts.rows.upperBound + (fieldRows + hasHint > 0 ? blank : 0)
        var placed: [(field: DialogField, area: Rect)] = []
        for (field, rows) in fit.fields {
            placed.append((field, Rect(row: row, column: column + 2, columns: inner, rows: rows)))
            row += rows
        }
        fields = placed
        hint = fit.hasHint ? row : nil
        buttons = Rect(row: box.rows.upperBound - 2, column: column + 2, columns: inner, rows: 1)
    }
}
