// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import Screen
import TestSupport
import Testing

/// Whether the public address is reachable is on every screen.
@Suite struct ProbeBarTests {
    private static func state(_ outcomes: [ProbeStatus.Outcome], _ size: Size) -> DashboardState {
        var probe = ProbeStatus(url: "https://phone.example.com/webhook", everySeconds: 300)
        for (index, outcome) in outcomes.enumerated() {
            _ = probe.take(.init(at: .sample.advanced(bySeconds: Int64(index * 60)), outcome: outcome))
        }
        var status = ServerStatus.sample(closure: .closed())
        status.probe = probe
        return DashboardState.sample(size: size, calls: .varied, status: status)
    }

    private static let down = ProbeStatus.Outcome.failed(
        code: "gateway_failed", words: "the gateway answered 502: it cannot reach the server")

    @Test(
        arguments: [
            ([], "probe sent", false), ([.answered(milliseconds: 20)], "probe ok", false),
            ([down], "PROBE FAILS", true),
            ([down, .answered(milliseconds: 20)], "probe ok", false),
        ] as [([ProbeStatus.Outcome], String, Bool)])
    func theHeaderAndTheBar(_ outcomes: [ProbeStatus.Outcome], _ word: String, _ hasBar: Bool) {
        let state = Self.state(outcomes, Size(columns: 200, rows: 50))
        #expect(state.screen[0].contains(word))
        let bar =
            " the probe of https://phone.example.com/webhook has failed since 14:00: the gateway answered 502: it "
            + "cannot reach the server; callers may reach the platform's default assistant"
        #expect((state.screen[2] == bar) == hasBar)
    }

    @Test(arguments: [(50, 10), (80, 24)]) func aFailureIsSeenOnASmallScreen(_ columns: Int, _ rows: Int) {
        let state = Self.state([Self.down], Size(columns: columns, rows: rows))
        #expect(state.screen[2].contains("the probe of https://phone.example.com"))
    }
}
