// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON

/// What the platform's report on a call says, read from the webhook as it came.
///
/// The log keeps summary, end reason and length as fields; everything else is only in the webhook.
struct ReportContents {
    /// What the platform extracted by the plan of the assistant.
    let analysis: JSONValue?
    /// What was said, in order.
    let utterances: [Utterance]
    /// The transcript, where the platform sends it as one text.
    let transcript: String?
    /// Everything else, such as the cost or the address of the recording, as the platform names it.
    let others: [JSONValue.Member]
    /// The keys among them that have a place of their own, where they could not be read.
    private let misread: Set<String>

    /// Whether it has a summary, which the platform always sends: the journal may keep the facts of a report only.
    let isWhole: Bool

    /// Reads the body of an `end-of-call-report`; `nil` if that is not a webhook.
    init?(_ body: [UInt8]) {
        guard case .object(let members)? = JSONReader.read(body)?["message"] else { return nil }
        let message = JSONValue.object(members)
        isWhole = message["summary"] != nil || message["summaryText"] != nil
        analysis = message["analysis"].flatMap { $0 == .null ? nil : $0 }
        let utterances = (message["messages"]?.items ?? []).compactMap(Utterance.init)
        self.utterances = utterances
        transcript = message.text("transcript", "transcriptText")
        let present = members.filter { $0.value != .null }
        let odd = present.filter { Self.isOdd($0, hasUtterances: !utterances.isEmpty) }
        others = present.filter { !Self.shownElsewhere.contains($0.key) } + odd
        misread = Set(odd.map(\.key))
    }

    /// Whether a member that has a place of its own is not of the type that is read there.
    private static func isOdd(_ member: JSONValue.Member, hasUtterances: Bool) -> Bool {
        switch member.key {
        case "summary", "summaryText", "transcript", "transcriptText", "end_reason", "endReason", "endedReason":
            return member.value.string == nil
        case "duration_seconds", "durationSeconds":
            if case .number = member.value { return false }
            return true
        case "messages": return !hasUtterances && member.value.items?.isEmpty != true
        default: return false
        }
    }

    /// Whether the report has a `summary` or `transcript` that could not be read as one.
    func isMisread(_ part: String) -> Bool {
        misread.contains { $0.hasPrefix(part) || part == "transcript" && $0 == "messages" }
    }

    /// The header of every webhook, the assistant's whole configuration, and what has a place of its own.
    private static let shownElsewhere: Set = [
        "type", "timestamp", "call", "phone_number", "phoneNumber", "customer", "assistant", "summary", "end_reason",
        "endReason", "endedReason", "duration_seconds", "durationSeconds", "analysis", "messages", "transcript",
        "transcriptText", "summaryText",
    ]
}

/// Something that was said in a call, or that a tool returned.
struct Utterance {
    let speaker: Speaker
    let text: String
    let time: Time?
    /// The tool call that it is the result of.
    let toolCallID: String?

    enum Speaker: Hashable {
        case caller, assistant, system, tool
        case other(String)

        init(_ role: String) {
            switch role {
            case "user", "customer": self = .caller
            case "assistant", "bot": self = .assistant
            case "system": self = .system
            case "tool", "function", "tool_call_result": self = .tool
            default: self = .other(role)
            }
        }

        var words: String {
            switch self {
            case .caller: "caller"
            case .assistant: "assistant"
            case .system: "system"
            case .tool: "tool"
            case .other(let role): role
            }
        }
    }

    /// When it was said, as far as the platform sends that.
    enum Time: Hashable {
        case at(Instant)
        case afterStart(seconds: Int)
    }

    /// Reads an item of `messages`; `nil` for one without a text.
    init?(_ item: JSONValue) {
        guard let text = Self.text(of: item), !text.isEmpty else { return nil }
        speaker = Speaker(item.text("role") ?? "")
        self.text = text
        time = Self.time(of: item)
        toolCallID = item.text("tool_call_id", "toolCallId")
    }

    /// The content is a text, or a list of parts that have one.
    private static func text(of item: JSONValue) -> String? {
        if let text = item.text("content", "message", "text") { return text }
        let parts = (item["content"]?.items ?? []).compactMap { $0.string ?? $0.text("text") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static func time(of item: JSONValue) -> Time? {
        if let seconds = item.number("seconds_from_start", "secondsFromStart"), (0...1e6).contains(seconds) {
            return .afterStart(seconds: Int(seconds))
        }
        if let instant = item.text("timestamp", "time", "at", "started_at").flatMap({ Instant(iso8601: $0) }) {
            return .at(instant)
        }
        // Since 1970, in seconds or in milliseconds.
        guard let number = item.number("timestamp", "time"), number > 1e8, number < 1e14 else { return nil }
        return .at(Instant(microseconds: Int64(number < 1e11 ? number * 1e6 : number * 1e3)))
    }
}

/// A tool that the assistant called.
struct ToolCall {
    let at: Instant
    let id: String?
    let name: String
    /// `nil` if they are not kept.
    let arguments: JSONValue?

    /// The tool calls of a webhook of the timeline; those of one that is not kept have only their names.
    static func calls(of entry: TimelineEntry) -> [ToolCall] {
        guard case .toolCalls(let names) = entry.event else { return [] }
        let message = JSONReader.read(entry.body)?["message"]
        let list = (message?["tool_call_list"] ?? message?["toolCallList"])?.items ?? []
        guard !list.isEmpty else {
            return names.map { ToolCall(at: entry.at, id: nil, name: $0, arguments: nil) }
        }
        return list.map { item in
            let function = item["function"] ?? item
            return ToolCall(
                at: entry.at, id: item.text("id"), name: function.text("name") ?? "unnamed",
                arguments: function["arguments"]?.unwrapped)
        }
    }
}

extension JSONValue {
    /// The items of a list.
    fileprivate var items: [JSONValue]? {
        if case .array(let items) = self { items } else { nil }
    }

    /// The text of the first of these members that is one.
    fileprivate func text(_ keys: String...) -> String? {
        for key in keys { if let text = self[key]?.string { return text } }
        return nil
    }

    /// The value of the first of these members that is a number.
    fileprivate func number(_ keys: String...) -> Double? {
        for key in keys {
            if case .number(let text)? = self[key], let number = Double(text) { return number }
        }
        return nil
    }

    /// A document in a text as the document; some senders write objects so.
    var unwrapped: JSONValue {
        guard case .string(let text) = self, let first = text.first, first == "{" || first == "[" else { return self }
        return JSONReader.readAny(Array(text.utf8)) ?? self
    }
}
