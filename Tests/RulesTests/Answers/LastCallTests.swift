// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Rules
import TestSupport
import Testing

@Suite struct LastCallTests {
    /// What a text becomes, given the last call.
    private struct Question: Sendable {
        let text: String
        let last: LastCall?
    }

    private static let call = LastCall(
        id: CallID("c"), at: Instant.sample.advanced(bySeconds: -3 * 86_400), line: "Front desk",
        report: CallReport(seconds: 184, summary: "Asked for \"the\" bill", endReason: "customer-ended-call"))

    private static func row(_ name: String, _ text: String, _ expected: String, after last: LastCall? = call) -> Row<
        Question, String
    > {
        Row(name, Question(text: text, last: last), expected)
    }

    private static let rows = [
        row("the line", "{{last_call.line|somewhere}}", "Front desk"),
        row("days ago", "{{last_call.days_ago}} days", "3 days"),
        row("how long", "{{last_call.seconds}} s", "184 s"),
        row("how it ended", "{{last_call.ended|unknown}}", "customer-ended-call"),
        row("what it was about", "{{last_call.summary|nothing}}", "Asked for \"the\" bill"),
        row("a first call has the fallback", "{{last_call.line|somewhere}}", "somewhere", after: nil),
        row("a first call without a fallback", "<{{last_call.summary}}>", "<>", after: nil),
        row(
            "without a report the fallback", "{{last_call.summary|nothing}} {{last_call.seconds|0}}",
            "nothing 0", after: LastCall(id: CallID("c"), at: .sample, line: nil)),
        row(
            "a summary that was not kept", "{{last_call.summary|nothing}}", "nothing",
            after: LastCall(
                id: CallID("c"), at: .sample, line: nil,
                report: CallReport(seconds: 1, summary: "", endReason: nil))),
        row(
            "a call of today", "{{last_call.days_ago}}", "0",
            after: LastCall(id: CallID("c"), at: .sample, line: nil)),
    ]

    @Test(arguments: rows)
    private func fills(row: Row<Question, String>) throws {
        let compiled = CompiledRules(.sample(otherwise: .greeting(row.input.text), tags: false))
        #expect(compiled.counting.memory.keepsLastCall)
        var facts = CallFacts.none
        facts.earlier = EarlierCalls(fromCaller: [], toLine: [], last: row.input.last)
        let (_, reply) = try CallPolicy(compiled).answer(.sample(), facts: facts, id: "d-1", at: .sample)
        let members = [JSONValue.Member("first_message", .string(row.expected))]
        #expect(JSONReader.read(reply) == .object([.init("assistant", .object(members))]), "\(row)")
    }

    @Test func withoutSuchATextNothingIsRemembered() {
        #expect(CompiledRules(.sample()).counting.memory.isNone)
    }
}
