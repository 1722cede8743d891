// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Overrides

/// A compiled answer in words, as rows and exports show it.
enum AnswerText {
    static let raw = TextTemplate(literal: "raw answer")

    static func rejected(_ text: TextTemplate) -> TextTemplate {
        quoted("rejected ", text)
    }

    /// The most telling part first, the rest joined with plus signs; a forced greeting comes before the text.
    static func assistant(
        _ answer: AssistantAnswer, hasForcedGreeting: Bool
    ) -> (kind: AnswerKind, text: TextTemplate) {
        var parts: [TextTemplate] = []
        if let greeting = answer.greeting { parts.append(quoted("greeting ", greeting)) }
        parts += answer.settings.map { TextTemplate(literal: words(for: $0)) }
        if answer.assistantID != nil { parts.append(TextTemplate(literal: "assistant")) }
        if !answer.metadata.isEmpty, parts.isEmpty, !hasForcedGreeting {
            parts.append(TextTemplate(literal: "metadata"))
        }
        parts += AssistantAnswer.topLevel.compactMap { key in
            key.value(answer).map { TextTemplate(literal: key.words($0)) }
        }
        let plus = TextTemplate.Piece.text(" + ")
        if hasForcedGreeting { return (.greeting, TextTemplate(pieces: parts.flatMap { [plus] + $0.pieces })) }
        guard let first = parts.first else { return (.standard, TextTemplate(literal: "default")) }
        let pieces = parts.dropFirst().reduce(first.pieces) { $0 + [plus] + $1.pieces }
        return (kind(answer), TextTemplate(pieces: pieces))
    }

    private static func kind(_ answer: AssistantAnswer) -> AnswerKind {
        if answer.greeting != nil { return .greeting }
        if answer.settings.contains(where: { $0.key != "analysis_plan" }) || answer.assistantID != nil {
            return .override
        }
        if !answer.settings.isEmpty { return .analysis }
        return answer.maxDuration == nil ? .override : .limit
    }

    private static func words(for setting: JSONTemplate.Member) -> String {
        switch setting.key {
        case "llm_config": ["llm", setting.value.text("provider"), setting.value.text("model")].joinedWords
        case "stt_config": ["stt", setting.value.text("provider"), setting.value.text("language")].joinedWords
        case "tts_config": ["tts", setting.value.text("provider"), setting.value.text("voice_id")].joinedWords
        case "analysis_plan": "analysis"
        default: setting.key
        }
    }

    private static func quoted(_ verb: String, _ text: TextTemplate) -> TextTemplate {
        TextTemplate(pieces: [.text(verb + "\"")] + text.pieces + [.text("\"")])
    }
}

extension JSONTemplate {
    /// The text of a key of this object, where it is plain.
    fileprivate func text(_ key: String) -> String? {
        switch self {
        case .fixed(let value): return value[key]?.string
        case .object(let members):
            guard case .fixed(.string(let text)) = members.last(where: { $0.key == key })?.value else { return nil }
            return text
        case .text, .array: return nil
        }
    }
}

extension [String?] {
    fileprivate var joinedWords: String { compactMap(\.self).joined(separator: " ") }
}

/// What a reply does to a call, read from its JSON.
enum ReplyText {
    /// What the reply of a server that was asked does to the call; `nil` for one that is not JSON.
    static func kind(of answer: JSONValue?) -> AnswerKind {
        guard let answer else { return .raw }
        if answer["error"]?.string != nil { return .rejected }
        if greeting(of: answer) != nil { return .greeting }
        if case .object(let members) = answer, members.isEmpty { return .standard }
        return .override
    }

    /// Describes such a reply.
    static func words(ofAsked answer: JSONValue?) -> String {
        guard let answer else { return "asked: no JSON" }
        if let error = answer["error"]?.string { return "asked: rejected \"\(error)\"" }
        if let greeting = greeting(of: answer) { return "asked: greeting \"\(greeting)\"" }
        return kind(of: answer) == .standard ? "asked: default" : "asked: override"
    }

    /// Describes a reply of ours of which only the bytes are left.
    ///
    /// The words are those of ``AnswerText``, but for what the bytes do not show: whether an assistant was named by the
    /// answer or by its line.
    static func words(_ reply: [UInt8], kind: AnswerKind, isForced: (String) -> Bool) -> String {
        guard kind != .raw, let answer = JSONReader.read(reply) else { return AnswerText.raw.plain }
        if let error = answer["error"]?.string { return AnswerText.rejected(TextTemplate(literal: error)).plain }
        let greeting = greeting(of: answer)
        let isForced = greeting.map(isForced) ?? false
        var written = AssistantAnswer(
            greeting: isForced ? nil : greeting.map(TextTemplate.init(literal:)), settings: settings(of: answer))
        for key in AssistantAnswer.topLevel {
            guard let value = answer[key.name] ?? answer[CamelCase.key(key.name)] else { continue }
            key.read(&written, value)
        }
        let words = AnswerText.assistant(written, hasForcedGreeting: isForced).text.plain
        if isForced, let greeting { return "forced greeting \"\(greeting)\"" + words }
        return kind == .override && words == "default" ? "override" : words
    }

    /// What a reply makes the caller hear first.
    static func heard(_ reply: [UInt8]) -> FirstMessage {
        guard let answer = JSONReader.read(reply) else { return .assistant }
        return (answer["error"]?.string ?? greeting(of: answer)).map(FirstMessage.text) ?? .assistant
    }

    private static func greeting(of answer: JSONValue) -> String? {
        let assistant = assistant(of: answer)
        return (assistant?["first_message"] ?? assistant?["firstMessage"])?.string
    }

    private static func assistant(of answer: JSONValue) -> JSONValue? {
        answer["assistant"] ?? answer["assistant_override"] ?? answer["assistantOverride"]
            ?? answer["assistantOverrides"]
    }

    /// The keys of the assistant block in the file's spelling, without greeting and metadata.
    private static func settings(of answer: JSONValue) -> [JSONTemplate.Member] {
        guard case .object(let members) = assistant(of: answer) else { return [] }
        return members.compactMap { member in
            switch member.key {
            case "first_message", "firstMessage", "metadata": nil
            default: JSONTemplate.Member(CamelCase.undone(member.key), .fixed(snakeCased(member.value)))
            }
        }
    }

    private static func snakeCased(_ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value }
        return .object(members.map { JSONValue.Member(CamelCase.undone($0.key), $0.value) })
    }
}

extension TextTemplate {
    /// The text of a template without placeholders.
    fileprivate var plain: String { literalText ?? "" }
}
