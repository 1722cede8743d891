// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import TestSupport
import Testing
import WebhookJSON

@Suite struct WebhookTypeTests {
    @Test func anAssistantRequestNamesBothParties() {
        let call = Decoded(WebhookBody.sample().bytes).webhook?.call
        #expect(call?.callID == CallID("c-0001"))
        #expect(call?.callType == "inbound_phone_call")
        #expect(call?.caller == Party("+31655501234"))
        #expect(call?.called == Party("+31205550100"))
        #expect(call?.calledName == "Front desk")
        #expect(call?.dialect == .snakeCase)
    }

    @Test(
        arguments: [
            ("in-progress", [], Webhook.Event.status(.inProgress, reason: nil)),
            ("ended", [.init("end_reason", "user_hangup")], .status(.ended, reason: "user_hangup")),
            ("ended-with-error", [.init("error", "TTS refused")], .status(.endedWithError, reason: "TTS refused")),
            ("transferred", [.init("error", nil)], .status(CallStatus("transferred"), reason: nil)),
        ] as [(String, [JSONValue.Member], Webhook.Event)])
    func aStatusUpdateCarriesItsStatus(_ status: String, more: [JSONValue.Member], event: Webhook.Event) {
        let body = WebhookBody.sample {
            $0.type = "status-update"
            $0.call = ["id": "c-0001", "status": .string(status)]
            $0.more = more
        }
        #expect(Decoded(body.bytes).webhook?.event == event)
    }

    @Test(
        arguments: [
            ([["function": ["name": "book"]], ["function": ["name": "transfer"]]], ["book", "transfer"]),
            ([["function": [:]], ["id": "t"], 7, nil, ["function": ["name": 7]]], []),
            ([], []),
            ("book", []),
            ([["function": ["name": "two\nlines"]]], ["two lines"]),
        ] as [(JSONValue, [String])])
    func toolCallsNamesTheTools(_ list: JSONValue, names: [String]) {
        let body = WebhookBody.sample {
            $0.type = "tool-calls"
            $0.more = [.init("tool_call_list", list)]
        }
        #expect(Decoded(body.bytes).webhook?.event == .toolCalls(names: names))
    }

    @Test(
        arguments: [
            (252, 252), (.number("252.9"), 252), (0, 0), (-1, nil), ("252", nil), (nil, nil), (.number("2e2"), 200),
            (.number("1e999"), 0), (.number("1e300"), nil), ([], nil),
        ] as [(JSONValue, Int?)])
    func aReportHasTheDurationOfTheCall(_ duration: JSONValue, seconds: Int?) {
        let body = WebhookBody.sample {
            $0.type = "end-of-call-report"
            $0.more = [
                .init("duration_seconds", duration), .init("summary", "Asked for the hours."),
                .init("end_reason", "max_duration"), .init("messages", [["role": "user", "content": "Hi"]]),
            ]
        }
        let report = CallReport(seconds: seconds, summary: "Asked for the hours.", endReason: "max_duration")
        #expect(Decoded(body.bytes).webhook?.event == .report(report))
    }

    @Test func aReportMayHoldNothing() {
        let body = WebhookBody.sample { $0.type = "end-of-call-report" }
        let report = CallReport(seconds: nil, summary: "", endReason: nil)
        #expect(Decoded(body.bytes).webhook?.event == .report(report))
    }

    @Test(arguments: ["call-transferred", "ASSISTANT-REQUEST", "assistant-request ", "📞", "a\0b"])
    func unknownTypesAreKeptAsTheyAreCalled(_ type: String) {
        let body = WebhookBody.sample { $0.type = .string(type) }
        #expect(Decoded(body.bytes).webhook?.event == .other(type: type))
    }

    @Test(arguments: [nil, "", 7, [:], ["assistant-request"], true] as [JSONValue])
    func withoutATypeItIsNoWebhook(_ type: JSONValue) {
        #expect(Decoded(WebhookBody.sample { $0.type = type }.bytes).refusal == .noMessageType)
    }

    @Test(arguments: [
        "{}", "[]", "7", "null", "\"message\"", #"{"message":null}"#, #"{"message":[]}"#, #"{"message":"x"}"#,
        #"{"message":{}}"#, #"{"Message":{"type":"x"}}"#, #"{"type":"x"}"#, #"{"a":{"message":{"type":"x"}}}"#,
    ])
    func otherJSONIsNoWebhook(_ text: String) {
        #expect(Decoded(text).refusal == .noMessageType)
    }

    @Test(arguments: [nil, [:], ["id": nil], ["id": ""], ["id": 7], "c-1", []] as [JSONValue?])
    func anAssistantRequestMayComeWithoutTheIdOfItsCall(_ call: JSONValue?) throws {
        let webhook = try #require(Decoded(WebhookBody.sample { $0.call = call }.bytes).webhook)
        #expect(webhook.event == .assistantRequest)
        #expect(webhook.call.callID == CallID(""))
    }

    @Test func otherTypesMayComeWithoutTheIdOfACall() {
        let body = WebhookBody.sample {
            $0.type = "status-update"
            $0.call = nil
        }
        #expect(Decoded(body.bytes).webhook?.call.callID == CallID(""))
        #expect(Decoded(body.bytes).webhook?.event == .status(CallStatus(""), reason: nil))
    }
}
