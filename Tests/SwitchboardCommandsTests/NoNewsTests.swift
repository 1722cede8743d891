// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import JSON
import TestSupport
import Testing
import WireFormat

@testable import SwitchboardCommands

/// A call of which nothing is heard any more, from its webhook to everything that an operator reads.
@Suite struct NoNewsTests {
    private static let rules = """
        version: 1
        lines: [{ number: "+31205550100", name: Front desk }]
        otherwise: { greeting: "Hello.", max_duration: 60 }
        """

    private static func update(_ status: String) -> WebhookBody {
        .sample { body in
            body.type = "status-update"
            body.call = ["id": "c-0001", "type": "inbound_phone_call", "status": .string(status)]
        }
    }

    /// Seconds after the call began, the webhook that comes then, and what is counted afterwards.
    private static let moments: [(after: Int64, webhook: WebhookBody?, ringing: Int, live: Int, noNews: Int)] = [
        (0, .sample(), 1, 0, 0),
        (119, nil, 1, 0, 0),
        (121, nil, 0, 0, 1),
        // Another webhook brings it back, and its time begins again: the longest call and five minutes.
        (130, update("in-progress"), 0, 1, 0),
        (489, nil, 0, 1, 0),
        (491, nil, 0, 0, 1),
        (500, update("ended"), 0, 0, 0),
    ]

    @Test("no news: status, its text, the line, metrics") func aCallWithoutNews() async throws {
        let desk = try Desk(Self.rules, contacts: ContactDirectory(sources: []))
        for (after, webhook, ringing, live, noNews) in Self.moments {
            let now = Instant.sample.advanced(bySeconds: after)
            if let webhook { desk.take(webhook, at: now) }
            let bytes = try await desk.get("/v1/status", at: now)
            let status = try #require(JSONReader.read(bytes))
            guard case .array(let lines) = status["lines"], let line = lines.first else {
                Issue.record("no lines in \(status)")
                return
            }
            for counts in [status["counts"], line["counts"]] {
                #expect(counts?["ringing"] == .integer(ringing), "\(after) s")
                #expect(counts?["live"] == .integer(live), "\(after) s")
                #expect(counts?["no_news"] == .integer(noNews), "\(after) s")
            }
            let text = StatusText.lines(try StatusReport(bytes), clock: OverrideTimeText(zone: "UTC", now: now))
            #expect(text.filter { $0.contains("\(max(1, noNews)) no news") }.count == 2 * noNews, "\(after) s: \(text)")
            let metrics = String(decoding: try await desk.get("/metrics", at: now), as: UTF8.self)
            #expect(
                metrics.contains("switchboard_calls_no_news{line=\"+31205550100\"} \(noNews)\n"), "\(after) s")
        }
    }
}
