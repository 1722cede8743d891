// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// A line that is silent for unusually long is seen in the header; `Scene.variants` has the lines and the page of one.
@Suite struct SilenceScreenTests {
    private static let billing = (0...8).map {
        CallSample("b-\($0)", at: Double($0) * 240).with(\.to, "+31201234568").ended()
    }

    @Test(
        arguments: [
            Row("one line", ([CallSample](), nil), "Front desk silent 25 min, usually 4 min"),
            Row("two lines", (billing, nil), "2 of 4 lines silent"),
            Row("the only line", ([], Array([LineStatus].sample()[1...1])), "  silent 25 min, usually 4 min"),
            Row("a line that its hours close", ([], [LineStatus].sample(open: 1)), "last call 25 min ago"),
        ] as [Row<([CallSample], [LineStatus]?), String>])
    func theHeaderSays(row: Row<([CallSample], [LineStatus]?), String>) {
        var state = DashboardState.sample(
            size: Size(columns: 200, rows: 24), calls: .silentSince + row.input.0, status: .sample(lines: row.input.1))
        for message in [DashboardMessage].silence { state.receive(message) }
        #expect(state.screen[0].hasSuffix(row.expected), "\(state.screen[0])")
    }
}
