// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import SimulatedPlatform
import TestSupport
import Testing
import WebhookJSON

/// The bodies are read by the decoder of the other side.
@Suite struct WebhookBodyTests {
    private static let now = Instant(seconds: 1_782_900_000)
    private static let tagged: JSONValue = ["metadata": ["switchboard": ["decision": "d-1"]]]
    private static let length = CallEvent.CallLength(
        startedAt: now.advanced(bySeconds: -42), endedAt: now.advanced(bySeconds: -1), endReason: "user_hangup")

    private static func decoded(
        _ event: CallEvent, call: SimulatedCall = .sample(), assistant: JSONValue? = nil
    ) throws -> Webhook {
        try call.body(of: event, at: now, assistant: assistant).withUnsafeBytes { try WebhookDecoder.decode($0) }
    }

    @Test(
        arguments: [
            (.assistantRequest, .assistantRequest), (.inProgress, .status(.inProgress, reason: nil)),
            (.toolCalls(name: "book"), .toolCalls(names: ["book"])),
            (.ended(reason: "user_hangup"), .status(.ended, reason: "user_hangup")),
            (.endedWithError("TTS"), .status(.endedWithError, reason: "TTS")),
            (
                .report(length),
                .report(CallReport(seconds: 41, summary: "Asked for the hours.", endReason: "user_hangup"))
            ),
        ] as [(CallEvent, Webhook.Event)])
    func eachWebhookSaysWhatHappened(_ event: CallEvent, expected: Webhook.Event) throws {
        let webhook = try Self.decoded(event)
        #expect(webhook.event == expected)
        #expect(webhook.event.wireName == event.type)
        #expect(webhook.call.callID == CallID("c-1"))
        #expect(webhook.call.callType == "inbound_phone_call")
        #expect(webhook.call.called == Party("+31200550100"))
        #expect(webhook.call.calledName == "Front desk")
        #expect(webhook.call.dialect == .snakeCase)
    }

    @Test(
        arguments: [
            (.text("+31605550112"), Party("+31605550112")), (.null, .withheld), (.absent, .withheld),
            (.text("anonymous"), .withheld), (.text("\u{1B}[31m"), .unusual("\u{1B}[31m")),
        ] as [(CallerNumber, Party)])
    func callersComeInEveryForm(_ caller: CallerNumber, party: Party) throws {
        #expect(try Self.decoded(.assistantRequest, call: .sample(caller: caller)).call.caller == party)
    }

    @Test(arguments: HostileText.all) func hostileTextsArriveUnharmed(_ text: String) throws {
        #expect(try Self.decoded(.inProgress, call: .sample(name: text)).call.calledName == text)
    }

    @Test(
        arguments: [
            (nil, .none), (PlatformAnswer.savedAssistant, .untagged), (tagged, .decision("d-1")),
        ] as [(JSONValue?, Webhook.Echo)])
    func theAssistantInUseIsEchoed(_ assistant: JSONValue?, echo: Webhook.Echo) throws {
        #expect(try Self.decoded(.inProgress, assistant: assistant).echo == echo)
    }

    @Test(
        arguments: [
            (nil, false), (PlatformAnswer.savedAssistant, false),
            (["analysis_plan": ["structured_data_plan": ["enabled": false]]], false),
            (["analysis_plan": ["structured_data_plan": ["enabled": true]]], true),
        ] as [(JSONValue?, Bool)])
    func anAnalysisIsReportedWhenOneWasAskedFor(_ assistant: JSONValue?, isAnalysed: Bool) {
        let body = SimulatedCall.sample().body(of: .report(Self.length), at: Self.now, assistant: assistant)
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains(#""analysis":{"intent":"appointment","#) == isAnalysed)
        #expect(text.contains(#""started_at":"2026-07-01T09:59:18.000Z","ended_at":"2026-07-01T09:59:59.000Z""#))
        #expect(text.contains(#"{"role":"user","content":"When are you open?"}"#))
    }
}
