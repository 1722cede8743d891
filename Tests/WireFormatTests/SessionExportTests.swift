// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import WireFormat
import TestSupport
import Testing

@Suite struct SessionExportTests {
    private func record(_ call: CallSample) throws -> CallRecord {
        let snapshot = EventLog.sample([call]).snapshot()
        return try #require(snapshot[0])
    }

    private func text(_ call: CallSample) throws -> String {
        String(decoding: SessionExport.line(try record(call)), as: UTF8.self)
    }

    @Test func aCallIsOneLineWithEverythingThatIsKnown() throws {
        let call = CallSample("c-1").with(\.reply, #"{"assistant":{"first_message":"Hallo"}}"#).live()
            .ended(seconds: 252, summary: "Asked \"when\"?\n")
        #expect(
            try text(call) == """
                {"id":"c-1","from":"+31612345678","to":"+31201234567","line":"Front desk",\
                "received_at":"2026-07-01T12:00:00.000Z","by":"rule vip",\
                "answer":{"assistant":{"first_message":"Hallo"}},"latency_ms":0.400,\
                "state":"ended","applied":"applied",\
                "events":[{"at":"2026-07-01T12:00:00.000Z","type":"assistant-request","applied":"unconfirmed"},\
                {"at":"2026-07-01T12:00:02.080Z","type":"status-update","status":"in-progress","applied":"applied"},\
                {"at":"2026-07-01T12:00:45.000Z","type":"status-update","status":"ended","applied":"applied"},\
                {"at":"2026-07-01T12:00:48.000Z","type":"end-of-call-report","seconds":252,"end_reason":"user_hangup",\
                "summary":"Asked \\"when\\"?\\n","applied":"applied"}],"notes":[]}
                """)
    }

    @Test func aCallThatNobodyAskedAboutHasNoAnswer() throws {
        let call = CallSample("c-1", from: nil).with(\.isAsked, false).with(\.calledName, nil)
            .then(.status(.inProgress, reason: nil), after: 0)
        let text = try text(call)
        #expect(text.contains(#""from":null"#))
        #expect(text.contains(#""line":null"#))
        #expect(text.contains(#""by":null,"answer":null,"latency_ms":null,"state":"live","applied":"not expected""#))
    }

    /// What the lines do not have is made of what they have.
    @Test func aLineThatIsReadHasLengthAndWords() throws {
        let call = CallSample("c-1")
            .with(\.reply, #"{"assistant":{"first_message":"Hallo"},"max_duration_seconds":60}"#)
            .live(after: 2).then(.status(.ended, reason: nil), after: 12)
        let read = try SessionExport.read(SessionExport.line(try record(call)), sequence: 0)
        #expect(read.state == .ended(seconds: 10))
        #expect(read.answered?.words == "greeting \"Hallo\" + at most 60 s")
    }

    @Test(arguments: [
        (UInt64(0), "0.000"), (7, "0.007"), (400, "0.400"), (4_001_000, "4001.000"), (60_000_123, "60000.123"),
    ])
    func latencyIsInMillisecondsWithThreeDecimals(microseconds: UInt64, text: String) throws {
        #expect(try self.text(CallSample("c-1").with(\.microseconds, microseconds)).contains("\"latency_ms\":\(text),"))
    }

    @Test(arguments: [
        ("{}", "{}"), ("{\n  \"a\": 1\r\n}", "{   \"a\": 1  }"), ("", "null"), ("no json", "null"),
    ])
    func theAnswerIsEmbeddedOnOneLine(reply: String, answer: String) throws {
        #expect(try text(CallSample("c-1").with(\.reply, reply)).contains("\"answer\":\(answer),\"latency"))
    }

    @Test(arguments: [
        "\u{1B}[2J\u{07}", "\"},{\"x\":\"", "\u{202E}\u{2028}\u{FEFF}", "東京👩‍👩‍👧",
        "line\nbreak", "\u{0}", "\\u0000", "\\",
    ])
    func whateverTheTextTheLineIsStrictJSON(hostile: String) throws {
        let call = CallSample("id\(hostile)", from: hostile).with(\.calledName, hostile).with(\.by, .rule(hostile))
            .then(.toolCalls(names: [hostile]), after: 1).then(.other(type: hostile), after: 2)
            .then(.status(CallStatus(hostile), reason: hostile), after: 3).ended(summary: hostile)
        let line = SessionExport.line(try record(call))
        #expect(!line.contains { $0 < 0x20 })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        #expect(object["line"] as? String == hostile)
        #expect((object["events"] as? [Any])?.count == 6)
    }
}
