// SPDX-License-Identifier: Apache-2.0

package import Calls
import CSimdjson
import Glibc

/// Reads webhooks: JSON to values, with everything optional but `message.type` (docs/platform.md, Requests).
package enum WebhookDecoder {
    /// Reads one webhook, or says what is wrong with it.
    ///
    /// `phoneNumber` marks the older camelCase dialect; unknown keys are ignored.
    package static func decode(_ body: UnsafeRawBufferPointer) throws(Refusal) -> Webhook {
        var fields = sb_webhook()
        let bytes = body.assumingMemoryBound(to: UInt8.self)
        let result = sb_read_webhook(bytes.baseAddress, bytes.count, &fields)
        guard result == SB_JSON_OK else { throw .notJSON(problem: problem(result)) }
        guard let type = fields.type.text(usually: "assistant-request"), !type.isEmpty else { throw .noMessageType }
        return Webhook(call: call(fields), event: event(type, fields), echo: echo(fields))
    }

    private static func call(_ fields: sb_webhook) -> AssistantRequest {
        let (caller, called) = (
            SentNumber(utf8: fields.caller_number.utf8), SentNumber(utf8: fields.called_number.utf8)
        )
        return AssistantRequest(
            callID: CallID(utf8: fields.call_id.utf8),
            callType: fields.call_type.text(usually: "inbound_phone_call") ?? "",
            caller: caller.party, called: called.party, calledName: fields.called_name.text,
            dialect: fields.camel_case ? .camelCase : .snakeCase,
            asSent: .of(caller: caller, called: called))
    }

    private static func event(_ type: String, _ fields: sb_webhook) -> Webhook.Event {
        switch Webhook.Event.Kind(rawValue: type) {
        case .assistantRequest: .assistantRequest
        case .status:
            .status(CallStatus(fields.call_status.text ?? ""), reason: fields.error.text ?? fields.end_reason.text)
        case .toolCalls: .toolCalls(names: fields.tool_names.text?.split(separator: "\n").map(String.init) ?? [])
        case .report:
            .report(
                CallReport(
                    seconds: fields.duration_seconds < 0 ? nil : Int(fields.duration_seconds),
                    summary: fields.summary.text ?? "", endReason: fields.end_reason.text))
        case nil: .other(type: type)
        }
    }

    private static func echo(_ fields: sb_webhook) -> Webhook.Echo {
        guard fields.has_assistant else { return .none }
        return fields.decision.text.map(Webhook.Echo.decision) ?? .untagged
    }

    private static func problem(_ result: sb_json_result) -> String {
        switch result {
        case SB_JSON_EMPTY: "it is empty"
        case SB_JSON_NOT_UTF8: "it is not UTF-8"
        case SB_JSON_TOO_DEEP: "it is nested too deep"
        case SB_JSON_NO_MEMORY: "it does not fit into memory"
        default: "the syntax is wrong"
        }
    }
}

extension sb_slice {
    /// The text in the parser's memory; empty where there is none.
    fileprivate var utf8: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self), count: bytes == nil ? 0 : count)
    }

    /// The text, copied out of the parser's memory.
    fileprivate var text: String? {
        guard let bytes else { return nil }
        return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// The text, without a copy where it is the usual one.
    fileprivate func text(usually usual: String) -> String? {
        guard let bytes, count == usual.utf8.count else { return text }
        var usual = usual
        let isUsual = usual.withUTF8 { text in text.baseAddress.map { memcmp(bytes, $0, count) == 0 } ?? false }
        return isUsual ? usual : text
    }
}
