// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct GridWriteTests {
    private func row(_ grid: Grid, _ row: Int = 0) -> String {
        (0..<grid.size.columns).reduce(into: "") { $0 += grid[row, $1].glyph }
    }

    @Test func textIsWhereItWasWrittenAndReportsItsWidth() {
        var grid = Grid(size: Size(columns: 8, rows: 2))
        let used = grid.write("e\u{301}世", row: 1, column: 2, as: .title)
        #expect(used == 3)
        #expect(row(grid, 1) == "  e\u{301}世   ")
        #expect(grid[1, 3] == Cell(glyph: "世", role: .title))
        #expect(grid[1, 4] == Cell(glyph: "", role: .title))
        #expect(grid[1, 5] == .blank)
    }

    @Test(
        arguments: [(nil, "abcdef"), (3, "abc   "), (0, "      "), (-1, "      "), (99, "abcdef")] as [(Int?, String)])
    func textIsCutAtTheWidthAndAtTheEdge(width: Int?, shown: String) {
        var grid = Grid(size: Size(columns: 6, rows: 1))
        grid.write("abcdefgh", row: 0, column: 0, width: width)
        #expect(row(grid) == shown)
    }

    @Test func aWideGlyphThatDoesNotFitIsLeftOutWhole() {
        var grid = Grid(size: Size(columns: 4, rows: 1))
        #expect(grid.write("a世界", row: 0, column: 0) == 3)
        #expect(row(grid) == "a世 ")
    }

    @Test(arguments: [(-1, 0), (2, 0), (0, 4), (0, 99), (99, -99)])
    func whatLiesOutsideIsNotWritten(row: Int, column: Int) {
        var grid = Grid(size: Size(columns: 4, rows: 2))
        grid.write("abc", row: row, column: column)
        #expect(grid == Grid(size: Size(columns: 4, rows: 2)))
    }

    @Test func textThatBeginsLeftOfTheGridShowsItsEnd() {
        var grid = Grid(size: Size(columns: 4, rows: 1))
        grid.write("abcd", row: 0, column: -2)
        #expect(row(grid) == "cd  ")
    }

    @Test(arguments: [(0, " b  "), (1, "b   "), (-1, "b  ")])
    func halfAWideGlyphNeverStays(column: Int, rest: String) {
        var grid = Grid(size: Size(columns: 4, rows: 1))
        grid.write("世界", row: 0, column: 0)
        grid.write("b", row: 0, column: 1 + column)
        let halves = (0..<4).filter { grid[0, $0].glyph.isEmpty }
        #expect(halves.allSatisfy { DisplayWidth.of(grid[0, $0 - 1].glyph) == 2 })
        #expect(DisplayWidth.of(row(grid)) == 4)
    }

    @Test(arguments: [
        ("ab", 6, "    ab"), ("ab", 4, "  ab  "), ("世", 6, "    世"), ("abcdefgh", 4, "abcd  "), ("ab", 0, "      "),
    ])
    func textCanEndBeforeAColumn(text: String, column: Int, shown: String) {
        var grid = Grid(size: Size(columns: 6, rows: 1))
        grid.write(text, row: 0, endingAt: column)
        #expect(row(grid) == shown)
    }

    @Test func aPartIsFilledAndTheRestIsNot() {
        var grid = Grid(size: Size(columns: 5, rows: 3))
        grid.fill(Rect(row: 1, column: 3, columns: 9, rows: 9), with: "x", as: .dialog)
        #expect([row(grid, 0), row(grid, 1), row(grid, 2)] == ["     ", "   xx", "   xx"])
    }

    @Test func aSelectionKeepsTheRole() {
        var grid = Grid(size: Size(columns: 5, rows: 1))
        grid.write("abc", row: 0, column: 0, as: .failed)
        grid.select(row: 0, columns: 1..<99)
        grid.select(row: 7, columns: 0..<2)
        #expect(grid[0, 0] == Cell(glyph: "a", role: .failed))
        #expect(grid[0, 1] == Cell(glyph: "b", role: .failed, isSelected: true))
        #expect(grid[0, 4].isSelected)
    }

    @Test func nothingThatIsWrittenCanLeaveTheGridOrBreakARow() {
        let texts = ["世", "a", "e\u{301}", "👩‍👧", "\u{1B}[2J", "\u{202E}", "", "漢字かな", "|||||||||"]
        var grid = Grid(size: Size(columns: 7, rows: 3))
        for (index, text) in texts.enumerated() {
            for row in -1...3 {
                for column in -3...8 {
                    grid.write(text, row: row, column: column, width: (index + column) % 6 - 1)
                    grid.write(text, row: row, endingAt: column)
                }
            }
            for row in 0..<3 { #expect(DisplayWidth.of(self.row(grid, row)) == 7) }
        }
    }
}
