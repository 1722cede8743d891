// SPDX-License-Identifier: Apache-2.0

extension Grid {
    /// Replaces single cells of every row but one, at the places that `places` finds in the row, of which it gets a scalar for
    /// each column.
    package mutating func replace(
        with glyph: String, exceptInRow exempt: Int?, at places: ([Unicode.Scalar]) -> [Int]
    ) {
        for row in 0..<size.rows where row != exempt {
            let start = row * size.columns
            let scalars = cells[start..<start + size.columns].map { $0.glyph.unicodeScalars.first ?? " " }
            for column in places(scalars) where (0..<size.columns).contains(column) {
                cells[start + column].glyph = glyph
            }
        }
    }
}
