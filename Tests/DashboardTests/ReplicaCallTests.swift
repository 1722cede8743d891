// SPDX-License-Identifier: Apache-2.0

import Calls
@testable import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// The calls of several replicas on one screen.
@Suite struct ReplicaCallTests {
    private static func state(_ keys: String, width: Int = 130) -> DashboardState {
        var state = DashboardState.sample(size: Size(columns: width, rows: 30))
        state.receive(.logChanged(.ofReplicas))
        state.type(keys)
        return state
    }

    @Test(arguments: [(130, true), (80, false)])
    func aWideListHasAColumnForThem(width: Int, isShown: Bool) {
        let state = Self.state("", width: width)
        #expect(state.text.contains(" eu-2 ") == isShown)
        #expect(state.text.contains("replica") == isShown)
    }

    @Test func itCanBeChosenOnANarrowScreen() {
        #expect(Self.state(":columns caller,replica<enter>", width: 60).text.contains("eu-3"))
    }

    @Test func aDeskOfOneServerHasNone() {
        var state = DashboardState.sample(size: Size(columns: 130, rows: 30), calls: .varied)
        #expect(!state.text.contains("replica"))
        state.type("C")
        #expect(!state.text.contains("replica"))
    }

    @Test func aFilterFindsThem() {
        let state = Self.state("freplica:eu-2<enter>")
        #expect(state.text.contains("+31612345671") && !state.text.contains("+31612345670"))
        #expect(Self.state("/eu-3<enter>").selectedCaller == "+31612345672")
    }

    @Test func anOpenCallSaysWhereItsWebhooksAre() {
        let timeline = Self.state("<enter>").plain
        #expect(timeline.contains("call c-2, replica eu-3"))
        #expect(timeline.contains("lasted 0:41") && !timeline.contains("too many"))
        #expect(Self.state("<enter>2").plain.contains("Not here: replica eu-3 has the request."))
        #expect(Self.state("<enter>5").plain.contains("what was said stays at the replica that got the report"))
    }
}
