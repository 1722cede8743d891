// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

/// List and open call on one screen.
@Suite struct LayoutTests {
    private func open(_ columns: Int, rows: Int = 24, calls: Int = 5) -> DashboardState {
        var state = DashboardState.sample(size: Size(columns: columns, rows: rows), calls: .many(calls))
        state.type("jj<enter>")
        return state
    }

    @Test(arguments: [(139, 24, false), (140, 24, true), (140, 10, true), (140, 50, true), (220, 50, true)])
    func fromAWidthOnTheListStaysNextToTheCall(columns: Int, rows: Int, isBeside: Bool) {
        let state = open(columns, rows: rows)
        let title = state.screen.first { $0.contains("+31600000002 ▸") }
        #expect(title?.contains("│") == isBeside, "\(state.text)")
        #expect(state.screen.contains { $0.hasPrefix("▸ ") && $0.contains("+31600000002") } == isBeside)
    }

    @Test func bothAreLive() {
        var state = open(160)
        state.receive(.logChanged(EventLog.sample(.many(6)).snapshot()))
        #expect(state.screen.contains { $0.hasPrefix("  ") && $0.contains("+31600000005") })
        #expect(state.text.contains("+31600000002 ▸"))
    }

    @Test func theSelectionEndsWhereTheCallBegins() {
        let grid = open(160).view()
        let row = (0..<24).first { grid[$0, 0].glyph == "▸" }
        #expect(row.map { row in (0..<160).count { grid[row, $0].isSelected } } == 72)
    }
}
