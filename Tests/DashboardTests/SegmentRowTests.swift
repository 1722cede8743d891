// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite struct SegmentRowTests {
    private static func drawn(_ columns: Int) -> String {
        var row = SegmentRow()
        row.add("state", .title, rank: 0)
        row.add("next: desk closes 13:41", short: "next 13:41", .text, rank: 4)
        row.addRight("a very long probe", .muted, rank: 2)
        row.addRight("UNSIGNED", .alertBar, rank: 1)
        var grid = Grid(size: Size(columns: columns, rows: 1))
        row.draw(on: &grid, row: 0, glyphs: .unicode)
        return grid.cells(inRow: 0).map(\.glyph).joined().split(separator: " ").joined(separator: " ")
    }

    static let rows: [Row<Int, String>] = [
        Row("all", 64, "state next: desk closes 13:41 a very long probe UNSIGNED"),
        Row("the shorter form", 50, "state next 13:41 a very long probe UNSIGNED"),
        Row("without it", 44, "state a very long probe UNSIGNED"),
        Row("back where something wider was dropped", 30, "state next 13:41 UNSIGNED"),
        Row("the most important", 20, "state UNSIGNED"),
        Row("alone", 12, "state"),
    ]

    @Test(arguments: rows) func factsComeBackWhereThereIsRoom(_ row: Row<Int, String>) {
        #expect(Self.drawn(row.input) == row.expected)
    }
}
