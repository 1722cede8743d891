// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import TestSupport
import Testing

/// What a server says about its public address, probe by probe.
@Suite struct ProbeStatusTests {
    private static let url = "https://phone.example.com/webhook"
    private static let down = ProbeStatus.Outcome.failed(code: "gateway_failed", words: "the gateway answered 502")
    private static let up = ProbeStatus.Outcome.answered(milliseconds: 12)
    private static let fails = "the probe of \(url) fails: the gateway answered 502"
    private static let succeeds = "the probe of \(url) succeeds again after 60 s"

    private static func status(after outcomes: [ProbeStatus.Outcome], every: Int = 300) -> (ProbeStatus, [String?]) {
        var status = ProbeStatus(url: url, everySeconds: every)
        let news = outcomes.enumerated().map { index, outcome in
            status.take(.init(at: .sample.advanced(bySeconds: Int64(index * 30)), outcome: outcome))
        }
        return (status, news)
    }

    @Test(
        "it is news only when it begins or ceases to fail",
        arguments: [
            ([up], [nil], false), ([down], [fails], true), ([up, down, down], [nil, fails, nil], true),
            ([down, down, up, up], [fails, nil, succeeds, nil], false),
        ] as [([ProbeStatus.Outcome], [String?], Bool)])
    func news(_ outcomes: [ProbeStatus.Outcome], _ expected: [String?], _ isFailing: Bool) {
        let (status, news) = Self.status(after: outcomes)
        #expect(news == expected)
        #expect((status.failingSince != nil) == isFailing)
        #expect((status.alarm { _ in "14:00" } != nil) == isFailing)
        #expect(status.newest?.outcome == outcomes.last)
    }

    @Test func theAlarmHasAddressTimeReasonAndConsequence() {
        let (status, _) = Self.status(after: [Self.up, Self.down, Self.down])
        let since = Instant.sample.advanced(bySeconds: 30)
        #expect(
            status.alarm { $0 == since ? "then" : "\($0)" }
                == "the probe of \(Self.url) has failed since then: the gateway answered 502; callers may reach the "
                + "platform's default assistant")
    }

    @Test(arguments: [(300, 30), (20, 20)]) func failuresAreTriedAgainSooner(_ every: Int, _ pause: Int) {
        #expect(Self.status(after: [Self.up], every: every).0.pause == every)
        #expect(Self.status(after: [Self.down], every: every).0.pause == pause)
    }
}
