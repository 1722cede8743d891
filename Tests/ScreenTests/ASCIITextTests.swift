// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing
import TestSupport

/// Text for terminals that show nothing but ASCII: readable where it can be, and as wide as before.
@Suite struct ASCIITextTests {
    static let rows: [Row<String, String>] = [
        Row("ASCII", "Front desk +31", "Front desk +31"),
        Row("letters with marks", "Zoë Müller, Łódź", "Zoe Muller, Lodz"),
        Row("marks that are characters of their own", "Cafe\u{301}", "Cafe"),
        Row("the ends of the table", "ÀſŸÿ", "AsYy"), Row("Romanian", "Știința", "Stiinta"),
        Row("two letters in one", "Straße, Ægir", "Strase, Agir"), Row("signs of print", "“a” – ‘b’…", "\"a\" - 'b'."),
        Row("wide ones, two columns each", "東京 Tokyo", "???? Tokyo"), Row("full-width letters", "ＡＢ１", "A B 1 "),
        Row("emoji", "👩‍👩‍👧 x", "?????? x"), Row("another script", "сброс", "?????"), Row("nothing", "", ""),
        Row("what a terminal would obey", "a\u{1B}[2J\u{202E}b", "a?[2J?b"),
    ]

    @Test(arguments: rows)
    func theNearestASCIIIsTaken(row: Row<String, String>) {
        #expect(ASCIIText.of(row.input) == row.expected)
    }

    @Test(arguments: rows)
    func columnsStay(row: Row<String, String>) {
        #expect(DisplayWidth.of(ASCIIText.of(row.input)) == DisplayWidth.of(row.input))
    }

    @Test(arguments: rows)
    func aGridHasTheSame(row: Row<String, String>) {
        var grid = Grid(size: Size(columns: 20, rows: 2))
        for line in 0..<2 { grid.write(row.input + "|", row: line, column: 0) }
        grid.reduceToASCII()
        for line in 0..<2 {
            let text = grid.cells(inRow: line).map(\.glyph).joined()
            #expect(text.hasPrefix(row.expected + "|") && text.count == 20, "\(text)")
        }
    }

    @Test func aWideGlyphAtTheEdgeStaysInItsRow() {
        var grid = Grid(size: Size(columns: 4, rows: 2))
        grid.write("ab東", row: 0, column: 0)
        grid.write("cd", row: 1, column: 0)
        grid.reduceToASCII()
        #expect(grid.cells.map(\.glyph).joined() == "ab??cd  ")
    }
}
