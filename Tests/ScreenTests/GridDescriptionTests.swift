// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@Suite struct GridDescriptionTests {
    @Test func aScreenIsWrittenWithItsGlyphsRolesSelectionAndCursor() throws {
        var grid = Grid(size: Size(columns: 24, rows: 5))
        grid.box(Rect(row: 0, column: 0, columns: 24, rows: 4), title: "Lines", glyphs: .unicode, as: .border)
        grid.write("世界", row: 1, column: 2, as: .title)
        grid.write("✗ rejected", row: 2, column: 2, as: .rejected)
        grid.select(row: 2, columns: 1..<12)
        grid.select(row: 2, columns: 14..<16)
        grid.rule(row: 4, glyphs: .ascii, as: .muted)
        grid.cursor = Grid.Cursor(row: 2, column: 12)
        try expectScreen(grid, matches: "box")
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8])
    func aBoxOfAnyWidthStaysWithinItsPart(columns: Int) {
        var grid = Grid(size: Size(columns: 10, rows: 4))
        grid.box(Rect(row: 0, column: 1, columns: columns, rows: 3), title: "Title 世界", glyphs: .unicode, as: .border)
        let touched = (0..<10).filter { grid[0, $0] != .blank }
        #expect(touched == (columns < 2 ? [] : Array(1..<1 + columns)))
    }
}
