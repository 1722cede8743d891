// SPDX-License-Identifier: Apache-2.0

/// The form of a golden screen.
///
/// First the size, then what each row shows, then the role of each cell as a letter (see `Role.letter`), then the
/// selected cells and the cursor, where there are any. Each row is framed, so that editors keep its trailing spaces.
extension Grid: CustomStringConvertible {
    package var description: String {
        var lines = ["screen \(size.columns)x\(size.rows)"]
        for row in 0..<size.rows {
            lines.append("|" + cells(inRow: row).reduce(into: "") { $0 += $1.glyph } + "|")
        }
        lines.append("---")
        for row in 0..<size.rows {
            lines.append("|" + String(cells(inRow: row).map(\.role.letter)) + "|")
        }
        lines += (0..<size.rows).compactMap(selection(inRow:))
        if let cursor { lines.append("cursor row \(cursor.row) column \(cursor.column)") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Grid {
    /// The cells of one row, from the left.
    package func cells(inRow row: Int) -> ArraySlice<Cell> {
        cells[row * size.columns..<(row + 1) * size.columns]
    }

    private func selection(inRow row: Int) -> String? {
        var spans: [Range<Int>] = []
        for column in 0..<size.columns where self[row, column].isSelected {
            if let last = spans.last, last.upperBound == column {
                spans[spans.count - 1] = last.lowerBound..<column + 1
            } else {
                spans.append(column..<column + 1)
            }
        }
        guard !spans.isEmpty else { return nil }
        return "selected row \(row) columns "
            + spans.map { "\($0.lowerBound)-\($0.upperBound - 1)" }.joined(separator: ", ")
    }
}
