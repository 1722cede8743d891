// SPDX-License-Identifier: Apache-2.0

extension Grid {
    /// Draws a frame along the edge of the part, with a title in its top line; the inside is left as it is.
    package mutating func box(_ rect: Rect, title: String, glyphs: Glyphs, as role: Role) {
        guard rect.size.columns >= 2, rect.size.rows >= 2 else { return }
        let (left, right) = (rect.column, rect.columns.upperBound - 1)
        let (top, bottom) = (rect.row, rect.rows.upperBound - 1)
        let inner = rect.size.columns - 2
        for row in [top, bottom] {
            fill(Rect(row: row, column: left + 1, columns: inner, rows: 1), with: glyphs.horizontal, as: role)
        }
        for column in [left, right] {
            fill(
                Rect(row: top + 1, column: column, columns: 1, rows: rect.size.rows - 2), with: glyphs.vertical,
                as: role)
        }
        write(glyphs.topLeft, row: top, column: left, as: role)
        write(glyphs.topRight, row: top, column: right, as: role)
        write(glyphs.bottomLeft, row: bottom, column: left, as: role)
        write(glyphs.bottomRight, row: bottom, column: right, as: role)
        guard !title.isEmpty, inner >= 5 else { return }
        let shown = CleanText.cut(title, to: inner - 4, ellipsis: glyphs.ellipsis)
        write(" \(shown) ", row: top, column: left + 2, as: role)
    }

    /// Draws a line over the whole width.
    package mutating func rule(row: Int, glyphs: Glyphs, as role: Role) {
        fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), with: glyphs.horizontal, as: role)
    }
}
