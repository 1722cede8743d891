// SPDX-License-Identifier: Apache-2.0

package import Calls
package import JSON

/// Caller, line and conversation: everything about a call but its timing.
package struct SimulatedCall: Hashable, Sendable {
    package let id: String
    package let line: SimulatedLine
    package let caller: CallerNumber
    package let conversation: Conversation

    package init(id: String, line: SimulatedLine, caller: CallerNumber, conversation: Conversation) {
        self.id = id
        self.line = line
        self.caller = caller
        self.conversation = conversation
    }
}

/// A line that simulated callers ring.
package struct SimulatedLine: Hashable, Sendable {
    package let number: String
    /// The name that the platform has for it.
    package let name: String?

    package init(number: String, name: String?) {
        self.number = number
        self.name = name
    }
}

/// The caller's number as a webhook carries it; all of these occur (docs/platform.md, Requests).
package enum CallerNumber: Hashable, Sendable {
    /// As written, whether it is E.164 or not.
    case text(String)
    case null
    case absent

    /// The `customer` object.
    var customer: JSONValue {
        switch self {
        case .text(let number): .object([.init("number", .string(number))])
        case .null: .object([.init("number", .null)])
        case .absent: .object([])
        }
    }
}

extension SimulatedCall {
    /// Returns the body of one webhook; `assistant` is the configuration in use, once the call has one.
    package func body(of event: CallEvent, at now: Instant, assistant: JSONValue?) -> [UInt8] {
        var message: [JSONValue.Member] = [
            .init("type", .string(event.type)),
            .init("timestamp", .string(now.iso8601)),
            .init(
                "call",
                .object([
                    .init("id", .string(id)), .init("type", .string("inbound_phone_call")),
                    .init("status", .string(event.status)),
                ])),
            .init("phone_number", phoneNumber),
            .init("customer", caller.customer),
        ]
        if let assistant { message.append(.init("assistant", assistant)) }
        message += details(of: event, assistant: assistant)
        return JSONValue.object([.init("message", .object(message))]).bytes
    }

    private var phoneNumber: JSONValue {
        .object([
            .init("number", .string(line.number)), .init("name", line.name.map(JSONValue.string) ?? .null),
        ])
    }

    private func details(of event: CallEvent, assistant: JSONValue?) -> [JSONValue.Member] {
        switch event {
        case .assistantRequest, .inProgress: []
        case .toolCalls(let name): [.init("tool_call_list", .array([toolCall(name)]))]
        case .ended(let reason): [.init("end_reason", .string(reason))]
        case .endedWithError(let error): [.init("error", .string(error))]
        case .report(let length): report(length, assistant: assistant)
        }
    }

    private func toolCall(_ name: String) -> JSONValue {
        .object([
            .init("id", .string("tool-" + id)), .init("type", .string("function")),
            .init("function", .object([.init("name", .string(name)), .init("arguments", .object([]))])),
        ])
    }

    private func report(_ length: CallEvent.CallLength, assistant: JSONValue?) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("duration_seconds", .integer(length.seconds)),
            .init("summary", .string(conversation.summary)),
            .init("end_reason", .string(length.endReason)),
            .init("started_at", .string(length.startedAt.iso8601)),
            .init("ended_at", .string(length.endedAt.iso8601)),
            .init("messages", conversation.messages),
        ]
        let plan = assistant?["analysis_plan"]?["structured_data_plan"]
        if plan?["enabled"] == .bool(true) { members.append(.init("analysis", conversation.analysis)) }
        return members
    }
}
