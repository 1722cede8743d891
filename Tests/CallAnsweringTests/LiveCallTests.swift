// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import Rules
import TestSupport
import Testing

/// Rules that count the calls that ring or are live, while calls come and go.
@Suite struct LiveCallTests {
    private static let other = PhoneLine.sample(number: "+31201234567", name: "Other", group: "demo")

    private static func office(_ condition: Condition) throws -> Office {
        try Office(
            rules: .sample(
                lines: [.sample(), other], rules: [(.init("busy", condition), .rejection("Busy"))],
                otherwise: .greeting("Hi"), tags: false))
    }

    private static func send(_ office: Office, _ id: String, to line: String) -> String {
        let body = WebhookBody.sample {
            $0.call = ["id": .string(id), "type": "inbound_phone_call", "status": "ringing"]
            $0.phoneNumber = ["number": .string(line)]
        }
        return office.send(body.text).body
    }

    private static func end(_ office: Office, _ id: String) {
        _ = office.send(
            WebhookBody.sample {
                $0.type = "status-update"
                $0.call = ["id": .string(id), "type": "inbound_phone_call", "status": "ended"]
            }.text)
    }

    @Test func ask5TheSecondCallOfALineFindsItBusy() throws {
        let office = try Self.office(.liveOnLine(moreThan: 1))
        #expect(Self.send(office, "a", to: "+31850835037").contains("Hi"))
        #expect(Self.send(office, "b", to: "+31850835037").contains("Busy"))
        #expect(Self.send(office, "c", to: "+31850835037").contains("Busy"), "a rejected call is not live")
        #expect(Self.send(office, "d", to: "+31201234567").contains("Hi"), "another line has room")
        #expect(Self.send(office, "a", to: "+31850835037").contains("Hi"), "a retry gets its answer again")
        Self.end(office, "a")
        #expect(Self.send(office, "e", to: "+31850835037").contains("Hi"))
    }

    @Test func ask5TheLinesOfAGroupShareTheirLimit() throws {
        let office = try Self.office(.liveInGroup(moreThan: 2))
        #expect(Self.send(office, "a", to: "+31850835037").contains("Hi"))
        #expect(Self.send(office, "b", to: "+31201234567").contains("Hi"))
        #expect(Self.send(office, "c", to: "+31201234567").contains("Busy"))
        #expect(Self.send(office, "d", to: "+12125550100").contains("Hi"), "a number of no line is in no group")
        Self.end(office, "b")
        #expect(Self.send(office, "e", to: "+31850835037").contains("Hi"))
    }

    @Test func theStepNamesTheCount() throws {
        let office = try Self.office(.liveOnLine(moreThan: 1))
        _ = Self.send(office, "a", to: "+31850835037")
        _ = Self.send(office, "b", to: "+31850835037")
        let step = try #require(office.calls.last?.answered?.steps.first { $0.what == "rule busy" })
        #expect(step.why == "with this call the line has 2 live calls, more than 1")
    }
}
