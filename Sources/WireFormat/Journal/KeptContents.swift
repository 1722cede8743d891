// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
import JSON

/// What of a webhook a journal keeps.
package struct KeptContents: Hashable, Sendable {
    /// Whether webhooks are kept as they came.
    package let bodies: Bool
    /// Whether what was said on a call is kept: messages, summary, analysis, arguments of tools.
    package let transcripts: Bool
    /// Whether what contact sources said of a caller is kept.
    package let contacts: Bool

    package init(bodies: Bool, transcripts: Bool, contacts: Bool = true) {
        self.contacts = contacts
        self.bodies = bodies
        self.transcripts = transcripts
    }
}

extension KeptContents {
    /// The body of a webhook as far as it is kept; `nil` if none of it is.
    ///
    /// The echoed `assistant` has prompts, addresses and maybe secrets (docs/platform.md, Events): only our tag of it stays.
    /// Without transcripts only known facts are kept, since other keys may hold what was said. An assistant-request is from
    /// before the call, and complete.
    package func body(_ body: [UInt8], of event: Webhook.Event) -> [UInt8]? {
        guard bodies else { return nil }
        let isRequest = event == .assistantRequest
        if isRequest, !Self.mayHoldAssistant(body) { return body }
        guard case .object(let members)? = JSONReader.read(body) else { return nil }
        let isWhole = isRequest || transcripts
        let kept = members.compactMap { member -> JSONValue.Member? in
            guard member.key == "message" else { return isWhole ? member : nil }
            return .init(member.key, isWhole ? Self.whole(member.value) : Self.facts(member.value))
        }
        return JSONValue.object(kept).bytes
    }

    /// What a webhook said, as far as it is kept.
    package func event(_ event: Webhook.Event) -> Webhook.Event {
        transcripts ? event : event.withoutTranscript
    }

    /// A report, as far as it is kept.
    package func report(_ report: CallReport) -> CallReport {
        transcripts ? report : report.withoutTranscript
    }

    /// Whether a body has an `assistant`, or a key that may be one in other letters.
    private static func mayHoldAssistant(_ body: [UInt8]) -> Bool {
        guard !body.contains(UInt8(ascii: "\\")) else { return true }
        let key = Array("\"assistant\"".utf8)
        var rest = body[...]
        while let quote = rest.firstIndex(of: key[0]) {
            rest = rest[quote...]
            if rest.starts(with: key) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// A message with everything but the assistant.
    private static func whole(_ message: JSONValue) -> JSONValue {
        guard case .object(let members) = message else { return message }
        return .object(members.map { $0.key == assistant ? .init($0.key, tag(of: $0.value)) : $0 })
    }

    /// The facts of a message.
    private static func facts(_ message: JSONValue) -> JSONValue {
        guard case .object(let members) = message else { return .object([]) }
        return .object(
            members.compactMap { member in
                if member.key == assistant { return .init(member.key, tag(of: member.value)) }
                if tools.contains(member.key) { return .init(member.key, names(of: member.value)) }
                if parties.contains(member.key) { return .init(member.key, plain(member.value)) }
                return plainFacts.contains(member.key) && member.value.isPlain ? member : nil
            })
    }

    /// The assistant with our tag only.
    private static func tag(of assistant: JSONValue) -> JSONValue {
        guard let tag = assistant["metadata"]?["switchboard"] else { return .object([]) }
        return .object([.init("metadata", .object([.init("switchboard", plain(tag))]))])
    }

    /// The tools that were called, without their arguments.
    private static func names(of calls: JSONValue) -> JSONValue {
        guard case .array(let calls) = calls else { return .array([]) }
        return .array(
            calls.map { call in
                let name = call["function"]?["name"].map { JSONValue.object([.init("name", $0.isPlain ? $0 : .null)]) }
                let facts = ["id", "type"].compactMap { key in
                    call[key].flatMap { $0.isPlain ? JSONValue.Member(key, $0) : nil }
                }
                return .object(facts + [name.map { .init("function", $0) }].compactMap(\.self))
            })
    }

    /// An object without what is nested in it.
    private static func plain(_ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value.isPlain ? value : .object([]) }
        return .object(members.filter(\.value.isPlain))
    }

    private static let assistant = "assistant"
    private static let tools: Set<String> = ["tool_call_list", "toolCallList"]
    private static let parties: Set<String> = ["call", "phone_number", "phoneNumber", "customer"]
    /// Facts in both spellings of the platform.
    private static let plainFacts: Set<String> = [
        "type", "timestamp", "status", "error", "end_reason", "endReason", "duration_seconds", "durationSeconds",
        "started_at", "startedAt", "ended_at", "endedAt",
    ]
}

extension JSONValue {
    /// Whether nothing is nested in it.
    fileprivate var isPlain: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .array, .object: false
        }
    }
}
