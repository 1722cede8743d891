// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import SimulatedPlatform
import TestSupport
import Testing

@Suite struct PlatformAnswerTests {
    private static func answer(_ text: String, status: Int = 200) -> PlatformAnswer {
        PlatformAnswer(PlatformReply(status: status, body: Array(text.utf8), milliseconds: 1))
    }

    private static let saved = PlatformAnswer.connected(assistant: PlatformAnswer.savedAssistant, mostSeconds: nil)

    @Test(arguments: [
        ("{}", 200), ("", 200), ("nothing", 200), ("[]", 200), ("{\"error\":\"\"}", 200), ("{\"error\":7}", 200),
        ("{\"assistant\":null}", 200), ("{\"assistant\":\"x\"}", 200), ("{\"error\":\"no\"} ", 401), ("{} x", 200),
        ("{\"error\":\"closed\"", 200), ("{\"assistant\":{\"first_message\":\"Hi\"}}", 500),
    ])
    func aUselessReplyMeansTheSavedAssistant(_ body: String, status: Int) {
        #expect(Self.answer(body, status: status) == Self.saved)
    }

    @Test func noReplyMeansTheSavedAssistantToo() {
        #expect(PlatformAnswer(nil) == Self.saved)
    }

    @Test func theSavedAssistantHasNoTag() {
        #expect(PlatformAnswer.savedAssistant["metadata"] == nil)
    }

    @Test func anErrorRejects() {
        #expect(Self.answer(#"{"error":"We zijn gesloten."}"#) == .rejected)
        #expect(Self.answer(#" {"assistant":{}, "error":"x"}"#) == .rejected)
    }

    @Test(arguments: ["assistant", "assistant_override"])
    func blocksAreReplacedWholeTheRestStays(_ key: String) {
        let reply =
            #"{"assistant_id":"a","\#(key)":{"first_message":"Hi \u00e9\ud83d\udcde","llm_config":{"messages":[1.50,-2e3,true]}}}"#
        guard case .connected(let assistant, nil) = Self.answer(reply) else {
            Issue.record("the call was not connected")
            return
        }
        #expect(assistant["first_message"] == "Hi é📞")
        #expect(assistant["llm_config"]?.text == #"{"messages":[1.50,-2e3,true]}"#)
        #expect(assistant["name"] == PlatformAnswer.savedAssistant["name"])
    }

    @Test(
        arguments: [
            (#"{"max_duration_seconds":300}"#, 300), (#"{"assistant":{"max_duration_seconds":60}}"#, 60),
            (#"{"max_duration_seconds":"300"}"#, nil), (#"{"max_duration_seconds":1e2}"#, nil),
        ] as [(String, Int64?)])
    func aLimitIsHeeded(_ reply: String, seconds: Int64?) {
        guard case .connected(_, let mostSeconds) = Self.answer(reply) else {
            Issue.record("the call was not connected")
            return
        }
        #expect(mostSeconds == seconds)
    }

    @Test(arguments: [
        #"{"error":"\x"}"#, #"{"error":"a"#, #"{"error":"\u12"}"#, #"{"error":"a",}"#, #"{"error" "a"}"#,
        #"{error:"a"}"#,
        #"{"error":"a"}{}"#, #"{"error":"a","b":01}"#, #"{"error":"a","b":.5}"#, #"{"error":"a","b":+1}"#,
        #"{"error":"a","b":nul}"#, #"{"error":"a","b":[1,]}"#, #"{"error":"a","b":[1}"#, "{\"error\":\"\n\"}", "{",
    ])
    func whatIsNoJSONIsNotUsed(_ reply: String) {
        #expect(Self.answer(reply) == Self.saved)
    }

    @Test func bracketsWithoutEndAreNotUsed() {
        #expect(Self.answer(#"{"error":"a","b":"# + String(repeating: "[", count: 100_000)) == Self.saved)
    }

    @Test func bytesThatAreNoUTF8AreNotUsed() {
        let body = Array(#"{"error":""#.utf8) + [0xFF] + Array("\"}".utf8)
        #expect(PlatformAnswer(PlatformReply(status: 200, body: body, milliseconds: 1)) == Self.saved)
    }
}
