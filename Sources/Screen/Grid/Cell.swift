// SPDX-License-Identifier: Apache-2.0

/// One cell of the screen: a glyph and what it means.
package struct Cell: Hashable, Sendable {
    /// A base character with at most a few combining marks; empty in the right half of a wide glyph.
    package var glyph: String
    package var role: Role
    /// The cell lies on the selected row: the theme's overlay for it is laid over the role.
    package var isSelected: Bool

    package init(glyph: String = " ", role: Role = .text, isSelected: Bool = false) {
        self.glyph = glyph
        self.role = role
        self.isSelected = isSelected
    }

    package static let blank = Cell()
}

/// Neighbouring cells of one row.
package struct CellRun: Hashable, Sendable {
    package let row: Int
    package let columns: Range<Int>

    package init(row: Int, columns: Range<Int>) {
        self.row = row
        self.columns = columns
    }
}

extension Grid {
    /// The cells that differ from the older grid, in reading order; all of them when the sizes differ.
    package func changes(since older: Grid) -> [CellRun] {
        guard size.columns > 0 else { return [] }
        guard older.size == size else {
            return (0..<size.rows).map { CellRun(row: $0, columns: 0..<size.columns) }
        }
        return cells.withUnsafeBufferPointer { new in
            older.cells.withUnsafeBufferPointer { old in
                (0..<size.rows).reduce(into: []) { $0 += changes(inRow: $1, from: old, to: new) }
            }
        }
    }

    private func changes(
        inRow row: Int, from old: UnsafeBufferPointer<Cell>, to new: UnsafeBufferPointer<Cell>
    ) -> [CellRun] {
        var runs: [CellRun] = []
        var start: Int?
        for column in 0..<size.columns {
            let differs = new[row * size.columns + column] != old[row * size.columns + column]
            if differs, start == nil {
                start = column
            } else if !differs, let first = start {
                runs.append(CellRun(row: row, columns: first..<column))
                start = nil
            }
        }
        if let first = start { runs.append(CellRun(row: row, columns: first..<size.columns)) }
        return runs
    }
}
