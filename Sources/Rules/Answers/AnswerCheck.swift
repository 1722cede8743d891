// SPDX-License-Identifier: Apache-2.0

package import JSON

/// Checks an answer that is sent as it is written for what the platform would refuse or misread (docs/platform.md, Answers).
package enum AnswerCheck {
    /// Returns the problems of an answer.
    package static func problems(in answer: JSONValue) -> [String] {
        modes(in: answer) + values(in: answer)
            + ["assistant", "assistant_override"].flatMap { key in
                answer[key].map { assistant($0, named: key) } ?? []
            }
    }

    /// Checks that the answer is of one kind.
    private static func modes(in answer: JSONValue) -> [String] {
        guard case .object(let members) = answer else { return [] }
        let keys = members.map(\.key)
        if keys.contains("error") {
            return keys.filter { $0 != "error" }.map { "`\($0)` cannot be combined with `error`" }
        }
        if keys.contains("assistant") {
            return keys.filter { ["assistant_id", "assistant_override"].contains($0) }
                .map { "`\($0)` cannot be combined with `assistant`" }
        }
        let lacksID = keys.contains("assistant_override") && !keys.contains("assistant_id")
        return lacksID ? ["`assistant_override` needs `assistant_id`"] : []
    }

    private static func values(in answer: JSONValue) -> [String] {
        var problems: [String] = []
        for key in ["error", "assistant_id"] {
            guard let value = answer[key] else { continue }
            if case .string(let text) = value, !isBlank(text) { continue }
            problems.append("`\(key)` must be a string that is not empty")
        }
        if let value = answer["max_duration_seconds"] {
            guard case .number(let text) = value, let seconds = Int(text), AssistantAnswer.durations.contains(seconds)
            else {
                return problems + ["`max_duration_seconds` must be an integer from 1 to 86400"]
            }
        }
        return problems
    }

    private static func assistant(_ value: JSONValue, named name: String) -> [String] {
        guard case .object = value else { return ["`\(name)` must be an object"] }
        return AssistantBlock.allCases.compactMap { block in
            guard let content = value[block.rawValue] else { return nil }
            guard case .object = content else { return "`\(block.rawValue)` must be an object" }
            return AssistantBlock.problem(in: "`\(block.rawValue)`", needing: block.needed) { content[$0] != nil }
        }
    }

    /// Whether a spoken text has nothing to say: white space, control and invisible characters only.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
                || [.control, .format].contains(scalar.properties.generalCategory)
        }
    }
}

/// A block that replaces a block of the saved assistant as a whole, so that an incomplete one would lose the rest
/// (docs/platform.md, Answers).
package enum AssistantBlock: String, CaseIterable {
    case llm = "llm_config"
    case stt = "stt_config"
    case tts = "tts_config"

    /// The keys that it needs.
    package var needed: [String] {
        switch self {
        case .llm: ["provider", "model"]
        case .stt: ["provider", "model", "language"]
        case .tts: ["provider", "voice_id"]
        }
    }

    /// Describes the keys that a block lacks; `nil` when it is complete.
    package static func problem(in what: String, needing needed: [String], has: (String) -> Bool) -> String? {
        let missing = needed.filter { !has($0) }.map { "`\($0)`" }
        guard !missing.isEmpty else { return nil }
        return "\(what) replaces the assistant's whole block, so it also needs \(missing.joined(separator: " and "))"
    }
}
