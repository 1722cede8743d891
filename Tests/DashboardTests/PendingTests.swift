// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import Screen
import Testing
import TestSupport

/// From a command to its result.
@Suite struct PendingTests {
    private static let done = DashboardMessage.overrideResult(
        .done(OverrideResult(words: "closed all lines", begun: [], ended: [])))

    @Test func theBarShowsACommandAsPendingUntilItsResult() {
        var state = DashboardState.sample(calls: .varied)
        state.type("c<tab>close<enter>")
        #expect(state.text.contains("PENDING close all lines"))
        state.receive(.status(.sample(closure: .closed())))
        #expect(state.text.contains("PENDING"))
        state.receive(Self.done)
        #expect(!state.text.contains("PENDING"))
        #expect(state.text.contains("CLOSED all lines until reopened: \"Sorry, we zijn op dit moment gesloten."))
        #expect(state.text.contains("since 14:02, maria"))
        #expect(state.screen[22].contains("closed all lines"))
    }

    @Test func twoCommandsAreAnsweredOneAfterTheOther() {
        var state = DashboardState.sample(calls: .varied, status: .sample(undo: .narrow))
        state.type("c<tab>close<enter>uy")
        #expect(state.text.contains("PENDING close all lines"))
        #expect(state.text.contains("PENDING undo: closed line Front desk"))
        state.receive(Self.done)
        #expect(!state.text.contains("PENDING close"))
        state.receive(Self.done)
        state.receive(Self.done)
        #expect(!state.text.contains("PENDING"))
    }

    @Test func whatIsRefusedSaysWhyUntilAKeyIsPressed() {
        var state = DashboardState.sample(calls: .varied)
        state.type("gHoi<enter>ygreet<enter>")
        state.receive(.overrideResult(.refused("the disk is full")))
        #expect(!state.text.contains("PENDING"))
        state.receive(.tick(.sample.advanced(bySeconds: 90_000)))
        #expect(state.text.contains("the disk is full"))
        state.type("j")
        #expect(!state.text.contains("the disk is full"))
    }

    @Test func caveatsStayUntilAKeyIsPressedAndAreKept() {
        var state = DashboardState.sample(size: Size(columns: 120, rows: 24), calls: .varied)
        let caveat = "the closure of all lines counts first, until it ends"
        let outcome = OverrideResult(words: "closed group amsterdam", begun: [], ended: [], caveats: [caveat])
        state.receive(.overrideResult(.done(outcome)))
        state.receive(.tick(.sample.advanced(bySeconds: 90_000)))
        #expect(state.text.contains("closed group amsterdam; \(caveat)"))
        state.type("!")
        #expect(state.text.contains(caveat))
    }
}
