// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Pastes, and keys that came too fast for a hand.
@Suite struct PasteTests {
    private func keys(_ text: String) -> [Key] {
        text.map { $0 == "\n" ? .enter : $0 == "\t" ? .tab : .character($0) }
    }

    private func state(after typed: [Key] = []) -> DashboardState {
        var state = DashboardState.sample()
        for key in typed { _ = state.update(with: .key(key)) }
        return state
    }

    @Test func outsideOfAFieldNothingIsCarriedOut() {
        for message in [
            DashboardMessage.burst(keys("close all lines\ny\n")), .paste("close all lines"),
        ] {
            var state = state()
            #expect(state.update(with: message).isEmpty)
            #expect(state.dialog == nil && state.commandLine == nil)
            #expect(state.statusMessage?.text.contains("ignored") == true)
        }
    }

    @Test func aDialogIsNotConfirmedByABurst() {
        var state = state(after: [.character("c")])
        let before = state.dialog
        #expect(state.update(with: .burst(keys("\n\nyes close all of the lines\n"))).isEmpty)
        #expect(state.dialog == before)
    }

    @Test func inAFieldABurstIsText() {
        var state = state(after: [.character("c"), .character("r")])
        #expect(state.update(with: .burst(keys("fire drill\nuntil\tfive"))).isEmpty)
        #expect(state.dialog?.form[.reason].text == "fire drill until five")
        #expect(state.dialog?.focus == .field(.reason))
        _ = state.update(with: .burst(keys(" and a half\n")))
        #expect(state.dialog?.form[.reason].text == "fire drill until five and a half")
        #expect(state.dialog?.focus != .field(.reason), "Enter at the end leaves the field")
    }

    @Test func aProgramThatTypesMayOpenAPrompt() {
        var state = state()
        _ = state.update(with: .burst(keys("/front desk of the hotel")))
        #expect(state.search?.field.text == "front desk of the hotel")
        state = self.state()
        _ = state.update(with: .burst(keys(":note Call Tom at 23:00.")))
        #expect(state.commandLine?.field.text == "note Call Tom at 23:00.")
    }
}
