// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// What is said of a command that cannot be used, while it is typed and after Enter.
@Suite struct CommandObstacleTests {
    @Test(arguments: [
        Row("no such theme", ":theme mine", "\"mine\" is not known; takes base, night, sea"),
        Row("no such alarm", ":alarm x", "\"x\" is not known; takes none, bell, notice"),
        Row("no filter", ":save-filter x", "no filter to save; f sets one"),
        Row("no filter, and no name", ":save-filter", "no filter to save; f sets one"),
        Row("no filter, after Enter", ":save-filter x<enter>", "\":save-filter\": no filter to save"),
        Row("no record", ":at 10:00", "only on a record (switchboard view)"),
        Row("nothing follows", ":close amsterdam", "takes nothing after it"),
        Row("no command", ":xyz", "no such command"),
    ])
    func theReasonIsSaid(_ row: Row<String, String>) {
        var state = DashboardState.sample(size: Size(columns: 120, rows: 30), calls: .varied)
        state.receive(.themes(.offered))
        state.type(row.input)
        #expect(state.text.contains(row.expected), "\(state.text)")
    }

    @Test func readOnlyIsAReason() {
        var state = DashboardState.sample(isReadOnly: true, calls: .varied)
        state.type(":close")
        #expect(state.text.contains("this dashboard is read-only"))
    }

    @Test func theWayToTheRestOfAMessageIsNotCut() {
        var state = DashboardState.sample(size: Size(columns: 50, rows: 10), calls: .varied)
        let title = "9 problems, the first: /home/maria/.config/switchboard/dashboard.yaml:3:9: error"
        state.receive(.notify(OperatorMessage(title, details: ["second"], isAlert: true)))
        #expect(state.text.contains("! shows more"))
    }

    @Test func nothingFurtherIsSaidOnlyWhereNothingCame() {
        let words = "The platform sends nothing further for rejected calls."
        let rejected = CallSample("r").with(\.kind, .rejected)
        for (call, isSaid) in [
            (rejected, true), (rejected.then(.status(.endedWithError, reason: "x"), after: 1), false),
        ] {
            var state = DashboardState.sample(size: Size(columns: 120, rows: 40), calls: [call])
            state.type("<enter>")
            #expect(state.text.contains(words) == isSaid, "\(state.text)")
        }
    }
}
