// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct GridDiffTests {
    private let size = Size(columns: 6, rows: 3)

    private func grid(_ text: String) -> Grid {
        var grid = Grid(size: size)
        grid.write(text, row: 1, column: 0)
        return grid
    }

    @Test(
        arguments: [
            ("abcdef", "abcdef", []), ("abcdef", "xbcdex", [0..<1, 5..<6]), ("abcdef", "abXXXf", [2..<5]),
            ("世b", "abb", [0..<2]), ("ab", "世", [0..<2]), ("a世", "世b", [0..<3]),
        ] as [(String, String, [Range<Int>])])
    func onlyTheCellsThatDifferAreNamed(before: String, after: String, changed: [Range<Int>]) {
        #expect(grid(after).changes(since: grid(before)) == changed.map { CellRun(row: 1, columns: $0) })
    }

    @Test func aChangeOfRoleOrOfSelectionCounts() {
        var selected = grid("abc")
        selected.select(row: 1, columns: 1..<2)
        var recolored = grid("abc")
        recolored.write("a", row: 1, column: 0, as: .failed)
        #expect(selected.changes(since: grid("abc")) == [CellRun(row: 1, columns: 1..<2)])
        #expect(recolored.changes(since: grid("abc")) == [CellRun(row: 1, columns: 0..<1)])
    }

    @Test func aGridOfAnotherSizeDiffersEverywhere() {
        let changes = grid("abc").changes(since: Grid(size: Size(columns: 5, rows: 3)))
        #expect(changes == (0..<3).map { CellRun(row: $0, columns: 0..<6) })
    }
}
