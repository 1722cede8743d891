// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog
import CallAnswering
import Rules
import TestSupport
import Testing

/// From raw bytes to a reply, with everything recorded on the way.
@Suite struct AnswerServiceTests {
    /// A webhook: its body, the secret that signs it, and its age in seconds.
    struct Input: Sendable {
        let body: String
        let secret: String?
        let age: Int64
    }

    struct Reply: Equatable, Sendable {
        let status: Int
        let body: String
    }

    private static func row(
        _ name: String, _ body: String, secret: String? = "one", age: Int64 = 0, status: Int = 200, reply: String
    ) -> Row<Input, Reply> {
        Row(name, Input(body: body, secret: secret, age: age), Reply(status: status, body: reply))
    }

    private static func message(_ type: String, _ more: JSONValue.Member...) -> String {
        WebhookBody.sample {
            $0.type = .string(type)
            $0.more = more
        }.text
    }

    /// A probe is answered like a webhook, and leaves no trace in the record.
    @Test(arguments: [
        Row("an id", "probe-1", #"{"probe":"probe-1"}"#), Row("no id", "", #"{"probe":""}"#),
        Row("an id that is not ours", "a\"b", "{}"), Row("a long id", String(repeating: "a", count: 65), "{}"),
    ])
    func aProbeIsAnsweredAndNotCounted(_ row: Row<String, String>) throws {
        let office = try Office()
        let body = WebhookBody.sample {
            $0.type = "switchboard-probe"
            $0.call = ["id": .string(row.input)]
        }.text
        #expect(office.send(body) == (200, row.expected))
        #expect(office.send(body, secret: "three").status == 401)
        let totals = office.log.snapshot().totals
        #expect(totals.answered == 0 && totals.calls == 0)
        #expect(office.calls.isEmpty)
    }

    static let answered = [
        row("a second secret is as good", "{\"message\":{\"type\":\"ping\"}}", secret: "two", reply: "{}"),
        row("a status update", message("status-update"), reply: "{}"),
        row("a report", message("end-of-call-report", .init("summary", "x")), reply: "{}"),
        row("tool calls", message("tool-calls"), reply: #"{"error":"no tools are served here"}"#),
        row("an unknown type", message("brand-new-type"), reply: "{}"),
        row("exactly 300 s old", message("status-update"), age: 300, reply: "{}"),
    ]

    static let refused = [
        row(
            "a wrong secret", message("status-update"), secret: "three", status: 401,
            reply: #"{"error":"the signature was refused"}"#),
        row(
            "no signature", message("status-update"), secret: nil, status: 401,
            reply: #"{"error":"the signature was refused"}"#),
        row(
            "a stale signature", message("status-update"), age: 301, status: 401,
            reply: #"{"error":"the signature was refused"}"#),
        row("no JSON", "hello", status: 400, reply: #"{"error":"the body is not JSON"}"#),
        row("nothing", "", status: 400, reply: #"{"error":"the body is not JSON"}"#),
        row("another document", "[1]", status: 400, reply: #"{"error":"message.type is missing"}"#),
        row("no type", "{\"message\":{}}", status: 400, reply: #"{"error":"message.type is missing"}"#),
    ]

    @Test(arguments: answered + refused) func repliesTo(_ row: Row<Input, Reply>) throws {
        let office = try Office()
        let (status, reply) = office.send(row.input.body, secret: row.input.secret, age: row.input.age)
        #expect(Reply(status: status, body: reply) == row.expected)
        let totals = office.log.snapshot().totals
        #expect(totals.answered == (status == 200 ? 1 : 0))
        #expect(totals.refusedInAll == (status == 200 ? 0 : 1))
    }

    @Test(arguments: [#"{"message":{"type":"assistant-request"}}"#, Office.request("")])
    func aCallWithoutANameIsAnsweredAndEachTimeAnother(_ body: String) throws {
        let office = try Office()
        try office.overrides.close(saying: "Closed.")
        for _ in 0..<2 { #expect(office.send(body).body == #"{"error":"Closed."}"#) }
        let calls = office.calls
        #expect(calls.count == 2)
        #expect(Set(calls.map(\.id)).count == 2)
        #expect(office.log.snapshot().totals.repeats == 0)
    }

    @Test func theSameCallGetsTheSameBytesAgainAndCountsOnce() throws {
        let office = try Office()
        let first = office.ask()
        try office.overrides.close(saying: "Closed.")
        #expect(office.ask() == first, "not even a closure changes the answer to a call")
        #expect(office.ask("c-0002") == #"{"error":"Closed."}"#)
        let totals = office.log.snapshot().totals
        #expect(totals.calls == 2)
        #expect(totals.repeats == 1)
        #expect(totals.answered == 3)
        #expect(totals.kinds == [.greeting: 1, .rejected: 1])
    }

    @Test(arguments: [(3999, "rule", 0), (4000, "rule", 0), (4001, "deadline", 1)] as [(Int64, String, Int)])
    func aLateAnswerIsReplacedAndSaidSo(milliseconds: Int64, by: String, late: Int) throws {
        let rules = RuleSet.sample(rules: [(.init("slow"), .greeting("Hi"))])
        let office = try Office(rules: rules)
        let reply = office.ask(takenMilliseconds: milliseconds)
        let snapshot = office.log.snapshot()
        let answered = try #require(snapshot[0]?.answered)
        #expect(answered.decision.by.description.hasPrefix(by))
        #expect((reply == "{}") == (late == 1))
        #expect(answered.words == (late == 1 ? "default" : "greeting \"Hi\""))
        #expect(answered.microseconds == UInt64(milliseconds) * 1000)
        #expect(snapshot.totals.outcomes.late == late)
    }

    @Test func aLateAnswerOfAClosedLineIsStillClosed() throws {
        let office = try Office()
        try office.overrides.close(saying: "Closed.")
        #expect(office.ask(takenMilliseconds: 4500) == #"{"error":"Closed."}"#)
        #expect(office.log.snapshot()[0]?.answered?.words == #"rejected "Closed.""#)
    }

    @Test func withoutASecretUnsignedRequestsAreAnswered() throws {
        let office = try Office(isSigned: false)
        #expect(office.send(Office.request("a"), secret: nil).status == 200)
    }

    @Test func theRowHoldsTheBytesThatCameAndWent() throws {
        let office = try Office()
        let reply = office.ask("c-7")
        let answered = try #require(office.log.snapshot()[0]?.answered)
        #expect(String(decoding: answered.body, as: UTF8.self) == Office.request("c-7"))
        #expect(String(decoding: answered.reply, as: UTF8.self) == reply)
        #expect(reply.contains("\"decision\":\"\(answered.decision.id)\""))
    }

    @Test func theEchoedTagConfirmsTheAnswer() throws {
        let office = try Office()
        _ = office.ask("c-7")
        let id = try #require(office.log.snapshot()[0]?.answered?.decision.id)
        let status = WebhookBody.sample {
            $0.type = "status-update"
            $0.call = ["id": "c-7", "status": "in-progress"]
            $0.more = [.init("assistant", ["metadata": ["switchboard": ["decision": .string(id)]]])]
        }.text
        #expect(office.send(status).status == 200)
        #expect(office.log.snapshot()[0]?.confirmation == .applied)
        #expect(office.log.snapshot()[0]?.state == .live(since: .sample))
    }

    @Test func decisionIDsAreUnique() throws {
        let office = try Office()
        let ids = (0..<100).map { number in
            _ = office.ask("c-\(number)")
            return office.log.snapshot()[UInt64(number)]?.answered?.decision.id
        }
        #expect(Set(ids).count == 100)
    }
}
