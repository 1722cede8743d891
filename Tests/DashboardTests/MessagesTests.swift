// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Screen
import Testing
import TestSupport

@Suite struct MessagesTests {
    @Test func whatIsWrongStaysUntilAKeyIsPressedAndIsKept() {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.told(.refusedRules))
        #expect(state.text.contains("switchboard.yaml was not taken"))
        state.receive(.tick(.sample.advanced(bySeconds: 3600)))
        #expect(state.text.contains("switchboard.yaml was not taken"))
        state.type("!")
        #expect(state.text.contains("switchboard.yaml:12:5: error: unknown key `gretting`"))
    }

    @Test func theNewestStandsFirstAndTheKeyTogglesThePage() {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.told(Tidings("the first")))
        state.receive(.told(Tidings("the second")))
        state.type("!")
        let rows = state.screen
        let (first, second) = (
            rows.firstIndex { $0.contains("the first") }, rows.firstIndex { $0.contains("the second") }
        )
        #expect(first == second.map { $0 + 1 })
        state.type("!")
        #expect(state.selectedRow != nil)
    }

    @Test func onlyTheNewestAreKept() {
        var state = DashboardState.sample()
        for number in 0..<300 { state.receive(.told(Tidings("message \(number)."))) }
        state.type("!<end>")
        #expect(state.text.contains("message 100."))
        #expect(!state.text.contains("message 99."))
    }
}
