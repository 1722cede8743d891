// SPDX-License-Identifier: Apache-2.0

extension Grid {
    /// Writes cleaned text and returns the columns that it took.
    ///
    /// It is cut at `width` or at the right edge, never in the middle of a wide glyph. What lies outside the grid is
    /// not written.
    @discardableResult
    package mutating func write(
        _ text: String, row: Int, column: Int, width: Int? = nil, as role: Role = .text
    ) -> Int {
        guard (0..<size.rows).contains(row), column < size.columns else { return 0 }
        let room = size.columns - column
        let end = column + min(width ?? room, room)
        var at = column
        for glyph in DisplayGlyph.glyphs(of: text) {
            guard at + glyph.width <= end else { break }
            put(glyph, row: row, column: at, as: role)
            at += glyph.width
        }
        return at - column
    }

    /// Writes cleaned text that ends just before `column`, and returns the columns that it took.
    ///
    /// Text that is too long loses its end, not its beginning.
    @discardableResult
    package mutating func write(_ text: String, row: Int, endingAt column: Int, as role: Role = .text) -> Int {
        let start = max(0, column - DisplayWidth.of(text))
        return write(text, row: row, column: start, width: max(0, column - start), as: role)
    }

    /// Fills the part with one glyph of one column.
    package mutating func fill(_ rect: Rect, with glyph: String = " ", as role: Role) {
        guard let sign = DisplayGlyph.glyphs(of: glyph).first, sign.width == 1 else { return }
        for row in rect.rows.clamped(to: 0..<size.rows) {
            for column in rect.columns.clamped(to: 0..<size.columns) {
                put(sign, row: row, column: column, as: role)
            }
        }
    }

    /// Puts another sign of one column wherever cleaning put its own or a replacement character.
    package mutating func replaceStandIns(with sign: String) {
        guard sign != CleanText.standIn, DisplayWidth.of(sign) == 1 else { return }
        for index in cells.indices where [CleanText.standIn, "\u{FFFD}"].contains(cells[index].glyph) {
            cells[index].glyph = CleanText.clean(sign)
        }
    }

    /// Marks the columns of a row as selected; their roles stay.
    package mutating func select(row: Int, columns: Range<Int>) {
        guard (0..<size.rows).contains(row) else { return }
        for column in columns.clamped(to: 0..<size.columns) {
            cells[row * size.columns + column].isSelected = true
        }
    }
}

extension Grid {
    /// Shows rows as something that may no longer be so; the selected row stays visible.
    package mutating func dim(rows: Range<Int>) {
        for row in rows.clamped(to: 0..<size.rows) {
            for column in 0..<size.columns { cells[row * size.columns + column].role = .muted }
        }
    }

    /// Puts one glyph, and blanks the other half of every wide glyph that it cuts through.
    private mutating func put(_ glyph: DisplayGlyph, row: Int, column: Int, as role: Role) {
        guard column >= 0 else { return }
        let first = row * size.columns + column
        let last = first + glyph.width - 1
        if cells[first].glyph.isEmpty, column > 0 { cells[first - 1].glyph = " " }
        if column + glyph.width < size.columns, cells[last + 1].glyph.isEmpty { cells[last + 1].glyph = " " }
        cells[first] = Cell(glyph: glyph.text, role: role)
        if last > first { cells[last] = Cell(glyph: "", role: role) }
    }
}

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
