// SPDX-License-Identifier: Apache-2.0

/// The screen as a value: views write it, a display shows it, a golden file holds it.
package struct Grid: Hashable, Sendable {
    package let size: Size
    /// Row by row, `size.rows * size.columns` of them.
    package internal(set) var cells: [Cell]
    /// Where the cursor stands while a prompt is open; hidden otherwise.
    package var cursor: Cursor?

    package init(size: Size) {
        self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
    }

    package subscript(row: Int, column: Int) -> Cell {
        cells[row * size.columns + column]
    }

    /// A place on the screen.
    package struct Cursor: Hashable, Sendable {
        package let row: Int
        package let column: Int

        package init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }
}
