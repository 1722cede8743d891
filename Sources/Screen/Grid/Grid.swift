// SPDX-License-Identifier: Apache-2.0

/// The screen as a value: views write it, a display shows it, a golden file holds it.
package struct Grid: Hashable, Sendable {
    package let size: Size
    /// Row by row, `size.rows * size.columns` of them.
    package internal(set) var cells: [Cell]
    /// The cursor's position while a prompt is open; `nil` hides it.
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

/// The size of a terminal or of a part of it, in cells.
package struct Size: Hashable, Sendable {
    package let columns: Int
    package let rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// A part of the screen; row 0 is the top, column 0 the left edge.
package struct Rect: Hashable, Sendable {
    package let row: Int
    package let column: Int
    package let size: Size

    package init(row: Int, column: Int, columns: Int, rows: Int) {
        self.row = row
        self.column = column
        size = Size(columns: max(0, columns), rows: max(0, rows))
    }

    package var rows: Range<Int> { row..<row + size.rows }
    package var columns: Range<Int> { column..<column + size.columns }
}
