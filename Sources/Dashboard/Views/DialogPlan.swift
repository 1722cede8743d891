// SPDX-License-Identifier: Apache-2.0

import Screen

/// Where the parts of a dialog stand, in as many rows as the screen can give.
struct DialogPlan {
    let box: Rect
    let lines: [String]
    let texts: Rect
    /// The row of the field's name, where there is room for one.
    let label: Int?
    let field: Rect
    /// The row below the field that says what the keys do, where there is room for one.
    let hint: Int?
    let buttons: Rect

    private static let widest = 76

    init(_ dialog: Dialog, words: [String], size: Size, below top: Int) {
        let width = min(size.columns - 2, Self.widest)
        let inner = width - 4
        let room = size.rows - top - 2
        let isAiry = room >= 13
        let wrapped = words.map { TextWrap.lines($0, width: inner) }
        let most = min(isAiry ? 4 : 2, max(1, room - 2))
        let needed = dialog.field.map { min(most, FieldLines($0, width: inner).lines.count) } ?? 0
        let hasHint = needed > 0 && room >= needed + 3
        let hasLabel = needed > 0 && isAiry
        // The field and its hint, the label, the blank rows, the buttons.
        let fixed = needed + (hasHint ? 1 : 0) + (hasLabel ? 1 : 0) + (isAiry ? (needed > 0 ? 2 : 1) : 0) + 1
        lines = Self.fitting(wrapped, rows: max(1, room - fixed))
        let rows = min(room, lines.count + fixed) + 2
        let column = (size.columns - width) / 2
        box = Rect(row: top + (size.rows - top - rows) / 2, column: column, columns: width, rows: rows)
        texts = Rect(row: box.row + 1, column: column + 2, columns: inner, rows: lines.count)
        let below = texts.rows.upperBound + (isAiry ? 1 : 0)
        label = hasLabel ? below : nil
        field = Rect(row: below + (hasLabel ? 1 : 0), column: column + 2, columns: inner, rows: needed)
        hint = hasHint ? field.rows.upperBound : nil
        buttons = Rect(row: box.rows.upperBound - 2, column: column + 2, columns: inner, rows: 1)
    }

    /// Whole sentences, as many as there are rows for.
    private static func fitting(_ sentences: [[String]], rows: Int) -> [String] {
        var lines: [String] = []
        for sentence in sentences {
            guard lines.isEmpty || lines.count + sentence.count <= rows else { break }
            lines += sentence
        }
        return Array(lines.prefix(rows))
    }
}
