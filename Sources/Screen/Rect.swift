// SPDX-License-Identifier: Apache-2.0

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
