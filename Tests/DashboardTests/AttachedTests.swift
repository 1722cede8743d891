// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// A dashboard on a server that runs elsewhere: ending it or suspending it touches nobody else.
@Suite struct AttachedTests {
    @Test(arguments: [
        (true, Key.character("q"), [DashboardEffect.quit]), (false, .character("q"), []),
        (true, .control("z"), [.suspend]), (false, .control("z"), []),
    ])
    func itAsksOnlyWhereCallsWouldGoUnanswered(_ isAttached: Bool, _ key: Key, _ effects: [DashboardEffect]) {
        var state = DashboardState(
            size: Size(columns: 80, rows: 24), glyphs: .unicode, isReadOnly: false, isAttached: isAttached,
            clock: .fixed(7200), proposedExportPath: "session.jsonl", now: .sample)
        _ = state.update(with: .logChanged(EventLog.sample([CallSample("a")]).snapshot()))
        #expect(state.update(with: .key(key)) == effects)
    }
}
