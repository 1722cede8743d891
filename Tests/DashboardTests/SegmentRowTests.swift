// SPDX-License-Identifier: Apache-2.0

import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite struct SegmentRowTests {
    /// What is drawn of a row, with one blank between the facts.
    private static func text(of row: SegmentRow, _ columns: Int) -> String {
        var grid = Grid(size: Size(columns: columns, rows: 1))
        row.draw(on: &grid, row: 0, glyphs: .unicode)
        return grid.cells(inRow: 0).map(\.glyph).joined().split(separator: " ").joined(separator: " ")
    }

    private static func drawn(_ columns: Int) -> String {
        var row = SegmentRow()
        row.add("state", .title, rank: 0)
        row.add("next: desk closes 13:41", short: "next 13:41", .text, rank: 4)
        row.addRight("a very long probe", .muted, rank: 2)
        row.addRight("UNSIGNED", .alertBar, rank: 1)
        return text(of: row, columns)
    }

    static let rows: [Row<Int, String>] = [
        Row("all", 64, "state next: desk closes 13:41 a very long probe UNSIGNED"),
        Row("the shorter form", 50, "state next 13:41 a very long probe UNSIGNED"),
        Row("without it", 44, "state a very long probe UNSIGNED"),
        Row("back where something wider was dropped", 30, "state next 13:41 UNSIGNED"),
        Row("the most important", 20, "state UNSIGNED"),
        Row("alone", 12, "state"),
    ]

    private static func led(_ columns: Int, first: Bool = true) -> String {
        var row = SegmentRow()
        row.add("today 9", .title, rank: 0)
        row.lead(StyledLine("since start", .muted))
        if first { row.add("refused 2", .failed, rank: 1) }
        row.add("p50 9 ms", .text, rank: 9)
        row.add("max 2 s", .text, rank: 6)
        row.addRight("2/min", .text, rank: 5)
        return text(of: row, columns)
    }

    @Test(arguments: [
        Row("all", 60, "today 9 since start refused 2 p50 9 ms max 2 s 2/min"),
        Row("without the first that gives way", 50, "today 9 since start refused 2 max 2 s 2/min"),
        Row("one that follows", 40, "today 9 since start refused 2 2/min"),
        Row("nothing follows", 20, "today 9 2/min"), Row("nothing else", 10, "today 9"),
    ])
    func whatLeadsGoesWithWhatFollows(_ row: Row<Int, String>) {
        #expect(Self.led(row.input) == row.expected)
    }

    @Test func whatLeadsIsBeforeTheNextThatIsLeft() {
        #expect(Self.led(38, first: false) == "today 9 since start max 2 s 2/min")
        #expect(Self.led(25, first: false) == "today 9 2/min")
    }

    private static func appended(_ columns: Int) -> String {
        var row = SegmentRow()
        row.add("calls 9", .title, rank: 0)
        row.add("max 12 seconds", .text, rank: 6)
        row.append(StyledLine("of 5", .muted), rank: 9)
        row.addRight("12.0/min", .text, rank: 5)
        row.appendRight("(5 m)", .muted, rank: 8)
        return text(of: row, columns)
    }

    @Test(arguments: [
        Row("all", 60, "calls 9 max 12 seconds of 5 12.0/min (5 m)"),
        Row("without what is appended", 36, "calls 9 max 12 seconds 12.0/min"),
        Row("behind its fact alone", 26, "calls 9 12.0/min (5 m)"), Row("its fact alone", 20, "calls 9 12.0/min"),
        Row("not without its fact", 16, "calls 9"),
    ])
    func whatIsAppendedGoesWithItsFact(_ row: Row<Int, String>) {
        #expect(Self.appended(row.input) == row.expected)
    }

    @Test(arguments: rows) func factsComeBackWhereThereIsRoom(_ row: Row<Int, String>) {
        #expect(Self.drawn(row.input) == row.expected)
    }
}
