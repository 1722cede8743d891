// SPDX-License-Identifier: Apache-2.0

import Screen

extension Grid {
    /// Writes a text field over one or more rows so that its cursor is in sight, and puts the terminal's cursor there.
    mutating func write(_ field: TextField, in area: Rect, isFocused: Bool = true) {
        fill(area, as: .field)
        let lines = FieldLines(field, width: area.size.columns, atWords: area.size.rows > 1)
        // The rows that hold the cursor, or the first ones while nobody types.
        let first = isFocused ? max(0, lines.cursor.row - area.size.rows + 1) : 0
        for (row, line) in zip(area.rows, lines.lines.dropFirst(first)) {
            write(line, row: row, column: area.column, width: area.size.columns, as: .field)
        }
        guard isFocused else { return }
        let column = min(area.column + lines.cursor.column, size.columns - 1)
        cursor = Cursor(row: area.row + lines.cursor.row - first, column: column)
    }
}
