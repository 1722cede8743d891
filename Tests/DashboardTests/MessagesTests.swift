// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

@Suite struct MessagesTests {
    @Test func whatIsWrongStaysUntilAKeyIsPressedAndIsKept() {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.notify(.refusedRules))
        #expect(state.text.contains("switchboard.yaml has errors"))
        state.receive(.tick(.sample.advanced(bySeconds: 3600)))
        #expect(state.text.contains("switchboard.yaml has errors"))
        state.type("!")
        #expect(state.text.contains("switchboard.yaml:12:5: error: unknown key `gretting`"))
    }

    @Test func theNewestComesFirstAndTheKeyTogglesThePage() {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.notify(OperatorMessage("the first")))
        state.receive(.notify(OperatorMessage("the second")))
        state.type("!")
        let rows = state.screen
        let (first, second) = (
            rows.firstIndex { $0.contains("the first") }, rows.firstIndex { $0.contains("the second") }
        )
        #expect(first == second.map { $0 + 1 })
        state.type("!")
        #expect(state.selectedRow != nil)
    }

    @Test func refusalsAreListedAndEqualOnesOnce() throws {
        var state = DashboardState.sample()
        let log = EventLog.sample([])
        for (second, peer) in ["203.0.113.9", "203.0.113.9", "203.0.113.10"].enumerated() {
            log.record(
                Refusal.stale(age: 400 + Int64(second)), from: peer, at: .sample.advanced(bySeconds: Int64(second)))
        }
        state.receive(.logChanged(log.snapshot()))
        state.type("!")
        let rows = state.screen.filter { $0.contains("203.0.113") }
        #expect(rows.count == 2)
        #expect(rows.first?.contains("request from 203.0.113.10 refused: ") == true)
        #expect(rows.last?.contains("2 requests from 203.0.113.9 refused: ") == true)
    }

    @Test(arguments: [("c<tab>close<enter>", 20, 5), ("g<enter>", 49, 10), ("q", 1, 1), ("u", 50, 9), ("qy", 80, 5)])
    func noKeyActsOnAScreenThatIsTooSmallToShowIt(_ keys: String, columns: Int, rows: Int) {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.resized(Size(columns: columns, rows: rows)))
        let before = state.view()
        #expect(state.type(keys) == [])
        #expect(state.update(with: .paste("x")) == [])
        #expect(state.view() == before)
        state.receive(.resized(Size(columns: 120, rows: 40)))
        #expect(state.selectedRow != nil, "no dialog is open")
    }

    @Test func onlyTheNewestAreKept() {
        var state = DashboardState.sample()
        for number in 0..<300 { state.receive(.notify(OperatorMessage("message \(number)."))) }
        state.type("!<end>")
        #expect(state.text.contains("message 100."))
        #expect(!state.text.contains("message 99."))
    }
}
