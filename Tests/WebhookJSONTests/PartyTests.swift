// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import TestSupport
import Testing

@Suite struct PartyTests {
    @Test(
        arguments: [
            (nil, .withheld),
            ([:], .withheld),
            (["number": nil], .withheld),
            (["number": ""], .withheld),
            (["number": "anonymous"], .withheld),
            (["number": "Anonymous"], .withheld),
            (["number": 31_655_501_234], .withheld),
            (["number": ["+31655501234"]], .withheld),
            ("+31655501234", .withheld),
            (["number": "0655501234"], .unusual("0655501234")),
            (["number": "sip:jan@example.com"], .unusual("sip:jan@example.com")),
            (["number": "+31 6 555 01234"], .unusual("+31 6 555 01234")),
            (["number": "\u{1B}[31m📞"], .unusual("\u{1B}[31m📞")),
            (["number": "+31655501234", "tags": [1, 2]] as JSONValue, Party("+31655501234")),
        ] as [(JSONValue?, Party)])
    func callersComeInEveryForm(_ customer: JSONValue?, caller: Party) {
        let decoded = Decoded(WebhookBody.sample { $0.customer = customer }.bytes)
        #expect(decoded.webhook?.call.caller == caller)
    }

    @Test(
        arguments: [
            (nil, .withheld, nil),
            (nil as JSONValue, .withheld, nil),
            (["number": nil, "name": nil, "id": nil], .withheld, nil),
            (["number": "+31205550100"], Party("+31205550100"), nil),
            (["number": "+31205550100", "name": ""], Party("+31205550100"), ""),
            (["number": "+31205550100", "name": 5], Party("+31205550100"), nil),
            (["number": "100", "name": "受付"], .unusual("100"), "受付"),
        ] as [(JSONValue?, Party, String?)])
    func linesComeInEveryForm(_ phoneNumber: JSONValue?, called: Party, name: String?) {
        let call = Decoded(WebhookBody.sample { $0.phoneNumber = phoneNumber }.bytes).webhook?.call
        #expect(call?.called == called)
        #expect(call?.calledName == name)
    }

    @Test func theOlderDialectIsRecognizedByItsSpelling() {
        let text = """
            {"message":{"type":"assistant-request","call":{"id":"c-1","type":"inboundPhoneCall","status":"ringing"},\
            "phoneNumber":{"number":"+31205550100","name":"OverrideService"},"customer":{"number":"+31655501234"}}}
            """
        let call = Decoded(text).webhook?.call
        #expect(call?.dialect == .camelCase)
        #expect(call?.called == Party("+31205550100"))
        #expect(call?.calledName == "OverrideService")
        #expect(call?.callType == "inboundPhoneCall")
    }

    @Test func theOlderDialectSpellsReportsAndToolsItsOwnWay() {
        let report = #"{"message":{"type":"end-of-call-report","durationSeconds":41,"endReason":"x","summary":"s"}}"#
        #expect(Decoded(report).webhook?.event == .report(CallReport(seconds: 41, summary: "s", endReason: "x")))
        let tools = #"{"message":{"type":"tool-calls","toolCallList":[{"function":{"name":"book"}}]}}"#
        #expect(Decoded(tools).webhook?.event == .toolCalls(names: ["book"]))
    }
}
