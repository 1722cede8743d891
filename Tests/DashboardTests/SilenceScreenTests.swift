// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// A line that is silent for unusually long is seen in the header, in the lines and on its page.
@Suite struct SilenceScreenTests {
    private static let sizes = [
        Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 200, rows: 50),
    ]

    /// The front desk was called every four minutes until 14:32; it is 14:57.
    private static func dashboard(size: Size, _ also: [CallSample] = [], lines: [LineStatus]? = nil) -> DashboardState {
        let calls = (0...8).map { CallSample("s-\($0)", at: Double($0) * 240).ended() }
        var state = DashboardState.sample(size: size, calls: calls + also, status: .sample(lines: lines))
        state.receive(.tick(.sample.advanced(bySeconds: 57 * 60)))
        return state
    }

    @Test(arguments: [("silent-lines", "<tab>"), ("silent-line", "<tab>jj<enter>")], sizes)
    func theScreenShowsIt(scene: (name: String, keys: String), size: Size) throws {
        var state = Self.dashboard(size: size)
        state.type(scene.keys)
        try expectScreen(state.view(), matches: "\(scene.name)-\(size.columns)x\(size.rows)")
    }

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
        let state = Self.dashboard(size: Size(columns: 200, rows: 24), row.input.0, lines: row.input.1)
        #expect(state.screen[0].hasSuffix(row.expected), "\(state.screen[0])")
    }
}
