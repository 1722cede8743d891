// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import Screen
import TestSupport
import Testing

/// What the first ^C at a server says (row 24), and what becomes of the server when its terminal closes (row 25).
@Suite struct StopWarningTests {
    @Test(
        "row 24: it says what stopping means, on every screen and for two seconds", arguments: ["", "<tab>", "?", "c"])
    func theFirstAsks(_ keys: String) {
        var state = DashboardState.sample(size: Size(columns: 160, rows: 40), calls: .varied)
        state.type(keys)
        state.receive(.interrupted)
        #expect(state.text.contains("^C again stops: callers then reach the platform's default assistant"))
        state.receive(.tick(.sample.advanced(bySeconds: 100_000)))
        #expect(!state.text.contains("^C again stops"))
    }

    @Test("row 24: on a screen that is too small too")
    func aSmallScreenAsks() {
        var state = DashboardState.sample(size: Size(columns: 40, rows: 6))
        state.receive(.interrupted)
        #expect(state.screen[0].hasPrefix("^C again stops"))
    }

    @Test("row 24: calls and closed lines are counted")
    func itNamesWhatIsAtStake() {
        #expect(StopWarning.words(liveCalls: 0, status: nil).hasSuffix("default assistant"))
        let closed = ServerStatus.sample(closure: .closed(reason: "storm"))
        let words = StopWarning.words(liveCalls: 2, status: closed)
        #expect(words.contains("; 2 calls in progress, also on ") && words.contains("closed line"))
    }

    @Test("row 25: the help says what becomes of the server", arguments: [false, true])
    func theHelpSaysWhatTheTerminalCarries(_ ends: Bool) {
        for isAttached in [false, true] {
            var state = DashboardState(
                size: Size(columns: 160, rows: 100), glyphs: .unicode, isReadOnly: false, isAttached: isAttached,
                endsWithTerminal: ends, clock: .fixed(7200), proposedExportPath: "x", now: .sample)
            state.type("?")
            #expect(state.text.contains("If this terminal closes, the server stops.") == (ends && !isAttached))
            #expect(state.text.contains("only this dashboard ends") == isAttached)
        }
    }
}
