// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

@Suite struct JSONGrammarTests {
    @Test(arguments: JSONCase.good) func allOfRFC8259IsAccepted(_ example: JSONCase) {
        #expect(Decoded(example.webhook).webhook?.event == .other(type: "x"))
    }

    @Test(arguments: JSONCase.bad) func nothingButRFC8259IsAccepted(_ example: JSONCase) {
        #expect(Decoded(example.webhook).isNotJSON)
    }

    @Test(arguments: [
        (#"\ud800"#, "\u{FFFD}"), (#"a\udc00b"#, "a\u{FFFD}b"), (#"\ud83d\ude39"#, "😹"),
        (#"\ud83d\ud83d\ude39"#, "\u{FFFD}😹"),
        (#"\ud83d"#, "\u{FFFD}"), (#"\udc00\ud800"#, "\u{FFFD}\u{FFFD}"), (#"\ud800\\ud800"#, "\u{FFFD}\\ud800"),
        (#"\ud800\u0041"#, "\u{FFFD}A"), (#"cut in half \uD83D"#, "cut in half \u{FFFD}"),
        (#"\u0000\ud800"#, "\0\u{FFFD}"),
    ])
    func halfASurrogatePairBecomesUFFFD(_ written: String, text: String) {
        let report = #"{"message":{"type":"end-of-call-report","summary":"\#(written)","duration_seconds":4e1}}"#
        let expected = CallReport(seconds: 40, summary: text, endReason: nil)
        #expect(Decoded(report).webhook?.event == .report(expected))
    }

    @Test(
        arguments: [
            ([], "it is empty"), (Array(" \n\t\r".utf8), "it is empty"),
            ([0xEF, 0xBB, 0xBF] + WebhookBody.sample().bytes, "the syntax is wrong"),
            (WebhookBody.sample().bytes + [0xFF], "it is not UTF-8"),
            (WebhookBody.sample().bytes + Array("x".utf8), "the syntax is wrong"),
            (WebhookBody.sample().bytes + WebhookBody.sample().bytes, "the syntax is wrong"),
            (WebhookBody.sample().bytes + [0], "the syntax is wrong"),
            (Array("not JSON".utf8), "the syntax is wrong"),
        ] as [([UInt8], String)])
    func whatIsWrongIsSaidInAFewWords(_ bytes: [UInt8], problem: String) {
        let decoded = Decoded(bytes)
        #expect(decoded.isNotJSON)
        #expect(decoded.refusal == .notJSON(problem: problem))
    }

    @Test func bracketsWithoutEndAreRefused() {
        #expect(Decoded(String(repeating: "[", count: 200_000)).isNotJSON)
    }

    /// The text's own object is the first level.
    @Test(arguments: [(128, false), (129, true), (1000, true), (500_000, true)])
    func nestingIsLimited(_ depth: Int, isRefused: Bool) {
        let nested = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
        let decoded = Decoded(JSONCase(nested).webhook)
        #expect(decoded.isNotJSON == isRefused)
        if isRefused { #expect(decoded.refusal == .notJSON(problem: "it is nested too deep")) }
    }

    @Test func whiteSpaceIsAllowedEverywhere() {
        let spaced = WebhookBody.sample().text.replacing("{", with: " {\n\t").replacing(":{", with: " : { ")
        #expect(Decoded(" \r\n" + spaced + " \n").webhook == Decoded(WebhookBody.sample().bytes).webhook)
    }
}
