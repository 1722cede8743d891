// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// An answer in words, as rows and exports show it.
enum AnswerText {
    static let raw = TextTemplate(literal: "raw answer")

    static func rejected(_ text: TextTemplate) -> TextTemplate {
        quoted("rejected ", text)
    }

    /// The most telling part first; the rest behind a plus sign.
    static func assistant(_ answer: AssistantAnswer, isForced: Bool) -> (kind: AnswerKind, text: TextTemplate) {
        var parts: [TextTemplate] = []
        if let greeting = answer.greeting {
            parts.append(quoted(isForced ? "forced greeting " : "greeting ", greeting))
        }
        parts += answer.settings.map { TextTemplate(literal: words(for: $0)) }
        if answer.assistantID != nil { parts.append(TextTemplate(literal: "assistant")) }
        if !answer.metadata.isEmpty, parts.isEmpty { parts.append(TextTemplate(literal: "metadata")) }
        if let seconds = answer.maxDuration { parts.append(TextTemplate(literal: "at most \(seconds) s")) }
        guard let first = parts.first else { return (.standard, TextTemplate(literal: "default")) }
        let plus = TextTemplate.Piece.text(" + ")
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
