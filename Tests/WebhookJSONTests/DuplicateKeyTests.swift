// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

/// The last of equal keys counts, as in the platform's own JavaScript; nothing of the earlier ones stays.
@Suite struct DuplicateKeyTests {
    private static func webhook(_ message: String) -> Webhook? {
        Decoded(#"{"message":{"type":"status-update",\#(message)}}"#).webhook
    }

    @Test func theLastTypeCounts() {
        #expect(Self.webhook(#""type":"x""#)?.event == .other(type: "x"))
    }

    @Test func theLastMessageCountsEvenWhenItIsNone() {
        #expect(
            Decoded(#"{"message":{"type":"x","error":"e"},"message":{"type":"y"}}"#).webhook?.event == .other(type: "y")
        )
        #expect(Decoded(#"{"message":{"type":"x"},"message":null}"#).refusal == .noMessageType)
        #expect(Decoded(#"{"message":{"type":"x"},"message":{}}"#).refusal == .noMessageType)
    }

    @Test func theLastCallReplacesTheFirstOneWhole() {
        let call = Self.webhook(#""call":{"id":"1","type":"t","status":"ended"},"call":{"id":"2"}"#)
        #expect(call?.call.callID == CallID("2"))
        #expect(call?.call.callType == "")
        #expect(call?.event == .status(CallStatus(""), reason: nil))
        #expect(Self.webhook(#""call":{"id":"1","id":"2"}"#)?.call.callID == CallID("2"))
        #expect(Self.webhook(#""call":{"id":"1"},"call":null"#)?.call.callID == CallID(""))
    }

    @Test func theLastCallerAndLineCount() {
        #expect(Self.webhook(#""customer":{"number":"+31655501234"},"customer":{}"#)?.call.caller == .withheld)
        let line = Self.webhook(#""phone_number":{"number":"+31205550100","name":"a"},"phone_number":{"name":"b"}"#)
        #expect(line?.call.called == .withheld)
        #expect(line?.call.calledName == "b")
    }

    @Test func theLastAssistantCountsDownToTheTag() {
        let tag = #""metadata":{"switchboard":{"decision":"d-1"}}"#
        #expect(Self.webhook(#""assistant":{\#(tag)},"assistant":{}"#)?.echo == .untagged)
        #expect(Self.webhook(#""assistant":{\#(tag)},"assistant":null"#)?.echo == Webhook.Echo.none)
        #expect(Self.webhook(#""assistant":{\#(tag),"metadata":{}}"#)?.echo == .untagged)
        let inner = #""assistant":{"metadata":{"switchboard":{"decision":"d-1","decision":"d-2"}}}"#
        #expect(Self.webhook(inner)?.echo == .decision("d-2"))
    }
}
