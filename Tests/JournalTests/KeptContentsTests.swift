// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import Journal
import Overrides
import TestSupport
import Testing
import WireFormat

/// What a journal keeps of a webhook.
@Suite struct KeptContentsTests {
    private static let facts = KeptContents(bodies: true, transcripts: false)
    private static let all = KeptContents(bodies: true, transcripts: true)
    private static let report = Webhook.Event.report(CallReport(seconds: 1, summary: "secret", endReason: "x"))

    @Test(arguments: [
        Row(
            "an assistant-request stays byte for byte",
            (
                Self.facts, Webhook.Event.assistantRequest,
                #"{"message": {"type":"assistant-request", "x": {"y": [1.0]}}}"#
            ),
            #"{"message": {"type":"assistant-request", "x": {"y": [1.0]}}}"#),
        Row(
            "an assistant is reduced to the tag, in any spelling of its key",
            (
                Self.all, .assistantRequest,
                #"{"message":{"\u0061ssistant":{"llm_config":{"key":"secret"},"metadata":{"switchboard":{"decision":"d1"},"b":"secret"}}}}"#
            ),
            #"{"message":{"assistant":{"metadata":{"switchboard":{"decision":"d1"}}}}}"#),
        Row(
            "a report without transcripts keeps facts only",
            (
                Self.facts, Self.report,
                #"{"message":{"type":"end-of-call-report","call":{"id":"c","artifact":{"a":"secret"}},"summary":"secret","messages":[{"content":"secret"}],"analysis":{"t":"secret"},"transcriptText":"secret","duration_seconds":252,"end_reason":"user_hangup","unheard_of":"secret"},"more":"secret"}"#
            ),
            #"{"message":{"type":"end-of-call-report","call":{"id":"c"},"duration_seconds":252,"end_reason":"user_hangup"}}"#
        ),
        Row(
            "a report with transcripts keeps all but the assistant",
            (
                Self.all, Self.report,
                #"{"message":{"type":"end-of-call-report","summary":"said","messages":[{"content":"said"}],"assistant":{"x":"secret"}}}"#
            ),
            #"{"message":{"type":"end-of-call-report","summary":"said","messages":[{"content":"said"}],"assistant":{}}}"#
        ),
        Row(
            "tools keep their names and lose their arguments",
            (
                Self.facts, .toolCalls(names: ["book"]),
                #"{"message":{"type":"tool-calls","tool_call_list":[{"id":"t1","type":"function","function":{"name":"book","arguments":{"name":"secret"}},"x":"secret"}]}}"#
            ),
            #"{"message":{"type":"tool-calls","tool_call_list":[{"id":"t1","type":"function","function":{"name":"book"}}]}}"#
        ),
        Row(
            "a fact that is not plain may hold anything",
            (Self.facts, .other(type: "x"), #"{"message":{"type":"x","status":{"said":"secret"},"call":["secret"]}}"#),
            #"{"message":{"type":"x","call":{}}}"#),
        Row("what is not JSON is not kept", (Self.facts, .other(type: "x"), "secret"), nil),
        Row(
            "no bodies", (KeptContents(bodies: false, transcripts: true), .assistantRequest, "{}"), nil),
    ])
    func keeps(row: Row<(KeptContents, Webhook.Event, String), String?>) {
        let (contents, event, body) = row.input
        let kept = contents.body(Array(body.utf8), of: event).map { String(decoding: $0, as: UTF8.self) }
        #expect(kept == row.expected)
        #expect(kept?.contains("secret") != true)
    }

    @Test func whatWasSaidDoesNotReachTheDisk() throws {
        let bench = try JournalBench()
        let calls = [CallSample("a").live().ended(summary: "UNSPEAKABLE")]
        bench.record(calls, contents: Self.facts)
        #expect(try !bytes(bench).contains("UNSPEAKABLE"))
        #expect(try bench.written().first?.report?.seconds == 41)
        #expect(try bench.written().first?.timeline.map(\.body.isEmpty) == [false, false, false, false])
    }

    @Test func withoutBodiesTheirSizeIsKnown() throws {
        let bench = try JournalBench()
        let calls = [CallSample("a").live().ended(summary: "UNSPEAKABLE")]
        bench.record(calls, contents: KeptContents(bodies: false, transcripts: false))
        #expect(try !bytes(bench).contains("\"message\""))
        let call = try #require(try bench.written().first)
        #expect(call.timeline.allSatisfy { $0.body.isEmpty && ($0.leftOut ?? 0) > 0 })
        #expect(call.answered?.reply == CallSample("a").answered.reply)
    }

    private func bytes(_ bench: JournalBench) throws -> String {
        let names = try bench.folder.names
        return try names.map {
            String(decoding: try Data(contentsOf: bench.folder.url.appending(path: $0)), as: UTF8.self)
        }
        .joined()
    }
}
