// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import EventLog
import Rules
import TestSupport
import Testing

/// What the replies of asked servers do to a call.
@Suite struct AskingTests {
    private static let crm = Upstream(url: "http://crm/hms", timeout: .seconds(2))

    /// Asks the server for the answer in the first rule, and has a rule for gold callers and one for all.
    private static func office(
        _ gives: Ask.Gift, _ reply: UpstreamReply, first: RuleSet.SampleRule = .init("ask")
    ) throws -> Office {
        let ask = Answer.ask(Ask(upstream: crm, gives: gives, otherwise: 0))
        let rules: [(RuleSet.SampleRule, Answer)] = [
            (.init("early", .contact("tier", .oneOf(["gold"]))), .greeting("Too early")), (first, ask),
            (.init("gold", .contact("tier", .oneOf(["gold"]))), .greeting("Hi {{contact.owner.name|you}}")),
        ]
        return try Office(
            rules: .sample(answers: ["fallback": .greeting("Fallback")], rules: rules, otherwise: .greeting("Hello")),
            upstreams: ScriptedUpstreams(reply))
    }

    static let replies: [Row<UpstreamReply, [String]>] = [
        Row("row 29: an empty error", .json(#"{"error":""}"#), ["Fallback", "rule ask"]),
        Row("row 29: blanks and invisible characters", .json(#"{"error":" \u200b\n"}"#), ["Fallback", "rule ask"]),
        Row(
            "row 29: an empty error beside an assistant", .json(#"{"error":"","assistant":{}}"#),
            ["Fallback", "rule ask"]),
        Row("a rejection", .json(#"{"error":"No"}"#), [#"{"error":"No"}"#, "rule ask"]),
        Row("an error that is not a text", .json(#"{"error":null}"#), [#"{"error":null}"#, "rule ask"]),
        Row("204: the next rules decide", .noContent, ["Hello", "otherwise"]),
        Row("a failure", .failed(.status(500)), ["Fallback", "rule ask"]),
    ]

    @Test(arguments: replies) func areUsed(_ row: Row<UpstreamReply, [String]>) async throws {
        let office = try Self.office(.answer, row.input)
        #expect(await office.answered().contains(row.expected[0]))
        #expect(office.calls.first?.answered?.decision.by.description == row.expected[1])
    }

    @Test func anEmptyErrorIsNamedInTheSteps() async throws {
        let office = try Self.office(.answer, .json(#"{"error":""}"#))
        _ = await office.answered()
        let step = try #require(office.calls.first?.answered?.steps.last)
        #expect(!step.held)
        #expect(step.why.contains("empty `error`"))
    }

    @Test(arguments: [
        #"{"error":null}"#, #"{"error":"No","assistant":{}}"#, #"{"assistant":{"tts_config":{"voice_id":"a"}}}"#,
        #"{"assistant_override":{}}"#, #"{"max_duration_seconds":0}"#,
    ])
    func aReplyThatThePlatformMayRefuseIsNotedOnTheRow(_ reply: String) async throws {
        let office = try Self.office(.answer, .json(reply))
        #expect(await office.answered() == reply)
        #expect(office.calls.first?.answered?.words.contains("may refuse it") == true)
    }

    static let facts: [Row<UpstreamReply, [String]>] = [
        Row(
            "values become attributes", .json(#"{"tier":"gold","owner":{"name":"Jan"},"visits":[1,2]}"#),
            ["Hi Jan", "rule gold"]),
        Row("a value is missing", .json(#"{"tier":"gold"}"#), ["Hi you", "rule gold"]),
        Row("other values", .json(#"{"tier":"none"}"#), ["Hello", "otherwise"]),
        Row("nothing is known", .json("{}"), ["Hello", "otherwise"]),
        Row("204", .noContent, ["Hello", "otherwise"]),
        Row("a failure", .failed(.timedOut), ["Hello", "otherwise"]),
    ]

    @Test(arguments: facts) func factsAreThereForTheRulesThatFollow(_ row: Row<UpstreamReply, [String]>) async throws {
        let office = try Self.office(.facts, row.input)
        #expect(await office.answered().contains(row.expected[0]))
        let answered = try #require(office.calls.first?.answered)
        #expect(answered.decision.by.description == row.expected[1])
        // A rule above the one that asks decides without the facts.
        #expect(answered.steps.first { $0.what == "rule early" }?.held == false)
        #expect(answered.steps.contains { $0.what == "ask http://crm/hms" })
    }

    @Test func aServerIsAskedOnceForACall() async throws {
        let servers = ScriptedUpstreams(.json(#"{"tier":"gold"}"#))
        let ask = Answer.ask(Ask(upstream: Self.crm, gives: .facts, otherwise: 0))
        let office = try Office(
            rules: .sample(rules: [(.init("a"), ask), (.init("b"), ask)], otherwise: .greeting("Hi")),
            upstreams: servers)
        _ = await office.answered()
        #expect(servers.requests.count == 1)
    }

    @Test func aRuleThatDoesNotHoldAsksNobody() async throws {
        let office = try Self.office(.facts, .json(#"{"tier":"gold"}"#), first: .init("ask", .callerWithheld))
        #expect(await office.answered().contains("Hello"))
    }
}
