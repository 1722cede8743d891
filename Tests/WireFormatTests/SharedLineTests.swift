// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import TestSupport
import Testing
import WireFormat

/// What replicas send each other of their calls.
@Suite struct SharedLineTests {
    private func sent(_ line: SharedLine) throws -> SharedLine {
        try #require(try SharedLine(line.bytes))
    }

    @Test(arguments: UInt64(0)..<40) func aCallComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let call = values.record().forOthers
        guard case .call(let read) = try sent(.call(call)) else {
            Issue.record("no call")
            return
        }
        #expect(read.document.text == call.document.text)
        #expect(!SharedLine.call(call).bytes.contains(UInt8(ascii: "\n")))
    }

    @Test func noWebhookIsSentByteForByte() throws {
        let sample = CallSample("a").with(\.body, "BODY").ended(summary: "A secret diagnosis.")
        let call = try #require(EventLog.sample([sample]).snapshot()[0])
        let text = String(decoding: SharedLine.call(call.forOthers).bytes, as: UTF8.self)
        #expect(!text.contains("BODY") && !text.contains("secret"))
        #expect(text.contains("\"left_out\":4"))
    }

    @Test func countsComeBack() throws {
        let request = RefusedRequest(at: .sample, refusal: .stale(age: 400), peer: "203.0.113.9")
        guard case .refused(let read, 17) = try sent(.refused(request, count: 17)) else {
            Issue.record("no refused request")
            return
        }
        #expect(read == request)
        guard case .unattributed("x\u{1B}", .sample) = try sent(.unattributed(type: "x\u{1B}", at: .sample)) else {
            Issue.record("no webhook without a call")
            return
        }
    }

    @Test func aLineOfALaterVersionIsPassedOver() throws {
        #expect(try SharedLine(Array(#"{"voicemail":{"id":"x"}}"#.utf8)) == nil)
    }

    @Test(arguments: [
        #"{"refused":{"at":"2026-07-01T12:00:00Z","reason":"bad_signature","peer":""},"count":0}"#,
        #"{"refused":{"at":"2026-07-01T12:00:00Z","reason":"bad_signature","peer":""},"count":9007199254740992}"#,
        #"{"refused":{"at":"now","reason":"bad_signature","peer":""},"count":1}"#, #"{"call":{"id":"x"}}"#, "[]", "{",
    ])
    func whatIsWrongIsRefused(line: String) {
        #expect(throws: DocumentProblem.self) { try SharedLine(Array(line.utf8)) }
    }

    @Test(arguments: ["dropped_events", "remark_changes"]) func countsThatNobodyCountedAreRefused(key: String) throws {
        let call = try #require(EventLog.sample([CallSample("a")]).snapshot()[0])
        let text = String(decoding: SharedLine.call(call).bytes, as: UTF8.self)
        let line = text.replacing("\"\(key)\":0", with: "\"\(key)\":9007199254740992")
        #expect(line != text)
        #expect(throws: DocumentProblem.self) { try SharedLine(Array(line.utf8)) }
    }
}
