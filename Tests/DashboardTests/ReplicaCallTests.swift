// SPDX-License-Identifier: Apache-2.0

import Calls
@testable import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// The calls of several replicas on one screen.
@Suite struct ReplicaCallTests {
    /// Calls by replica, in the order of their names.
    private static func state(_ keys: String, width: Int = 130) throws -> DashboardState {
        let log = EventLog.sample([])
        for (place, name) in ["eu-1", "eu-2", "eu-3"].enumerated() {
            let sample = CallSample("c-\(place)", from: "+3161234567\(place)", at: Double(place)).live().ended()
            var call = try #require(EventLog.sample([sample]).snapshot()[0]).forOthers
            call.replica = name
            log.take(call, at: .sample, countingFrom: .sample)
        }
        var state = DashboardState.sample(size: Size(columns: width, rows: 30))
        state.receive(.logChanged(log.snapshot()))
        state.type(keys)
        return state
    }

    @Test(arguments: [(130, true), (80, false)])
    func aWideListHasAColumnForThem(width: Int, isShown: Bool) throws {
        let state = try Self.state("", width: width)
        #expect(state.text.contains(" eu-2 ") == isShown)
        #expect(state.text.contains("replica") == isShown)
    }

    @Test func itCanBeChosenOnANarrowScreen() throws {
        #expect(try Self.state(":columns caller,replica<enter>", width: 60).text.contains("eu-3"))
    }

    @Test func aDeskOfOneServerHasNone() {
        var state = DashboardState.sample(size: Size(columns: 130, rows: 30), calls: .varied)
        #expect(!state.text.contains("replica"))
        state.type("C")
        #expect(!state.text.contains("replica"))
    }

    @Test func aFilterFindsThem() throws {
        let state = try Self.state("freplica:eu-2<enter>")
        #expect(state.text.contains("+31612345671") && !state.text.contains("+31612345670"))
        #expect(try Self.state("/eu-3<enter>").selectedCaller == "+31612345672")
    }

    @Test func anOpenCallSaysWhereItsWebhooksAre() throws {
        let timeline = try Self.state("<enter>").plain
        #expect(timeline.contains("call c-2, replica eu-3"))
        #expect(timeline.contains("lasted 0:41") && !timeline.contains("too many"))
        #expect(try Self.state("<enter>2").plain.contains("Not here: replica eu-3 has the request."))
        #expect(try Self.state("<enter>5").plain.contains("what was said stays at the replica that got the report"))
    }
}
