// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import EventLog
import Overrides
import Rules
import TestSupport
import Testing

/// What a replica makes of the calls that others answered.
@Suite struct CallsElsewhereTests {
    /// A call to the line of the sample request, at another replica.
    private static let elsewhere = CallSample("there").with(\.to, "+31850835037")

    private static func office(_ condition: Condition, _ desk: EventLog) throws -> Office {
        try Office(
            rules: .sample(rules: [(.init("counting", condition), .greeting("Again"))], otherwise: .greeting("Hi")),
            desk: desk)
    }

    private static func desk() -> EventLog { EventLog(keep: Retention(calls: 100, bytes: 1 << 20)) }

    private static func take(_ sample: CallSample, into desk: EventLog) throws {
        var call = try #require(EventLog.sample([sample]).snapshot()[0])
        call.replica = "eu-2"
        desk.take(call, at: .sample, countingFrom: .sample)
    }

    @Test func theyAreOnTheLine() throws {
        let desk = Self.desk()
        let office = try Self.office(.liveOnLine(moreThan: 1), desk)
        #expect(office.ask("one").contains("Hi"))
        try Self.take(Self.elsewhere, into: desk)
        #expect(office.ask("two").contains("Again"))
        try Self.take(Self.elsewhere.live().ended(), into: desk)
        #expect(office.ask("three").contains("Hi"))
    }

    @Test(arguments: [Condition.callsFromCaller(.init(moreThan: 1, withinSeconds: 60)), .seenBefore(withinSeconds: 60)])
    func theyAreCallsOfTheCaller(condition: Condition) throws {
        let office = try Self.office(condition, Self.desk())
        office.service.remember(Self.elsewhere.answered)
        let request = WebhookBody.sample {
            $0.call = ["id": "here", "type": "inbound_phone_call", "status": "ringing"]
            $0.customer = ["number": "+31612345678"]
        }
        #expect(office.send(request.text).body.contains("Again"))
    }

    @Test func theyAreMarkedWhereTheyAreKept() async throws {
        let desk = Self.desk()
        let office = try Self.office(.always, desk)
        try Self.take(Self.elsewhere, into: desk)
        await #expect(throws: OverrideError.callElsewhere(CallID("there"), replica: "eu-2")) {
            try await office.overrides.carryOut(.remark(.mark, on: CallID("there")), by: Operator(user: "anna"))
        }
    }
}
