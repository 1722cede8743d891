// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// What the platform would not take, or not as it is meant, in an answer that is sent as it is written (contract, sections 7
/// and 8).
enum RawAnswerCheck {
    /// Returns everything that is wrong with an answer, each in a sentence without its end.
    static func problems(in answer: JSONValue) -> [String] {
        modes(in: answer) + values(in: answer)
            + ["assistant", "assistant_override"].flatMap { key in
                answer[key].map { assistant($0, named: key) } ?? []
            }
    }

    /// An answer is of one kind.
    private static func modes(in answer: JSONValue) -> [String] {
        guard case .object(let members) = answer else { return [] }
        let keys = members.map(\.key)
        if keys.contains("error") {
            return keys.filter { $0 != "error" }.map { "`\($0)` cannot stand beside `error`, which is a whole answer" }
        }
        if keys.contains("assistant") {
            return keys.filter { ["assistant_id", "assistant_override"].contains($0) }
                .map { "`\($0)` cannot stand beside `assistant`" }
        }
        let lacksID = keys.contains("assistant_override") && !keys.contains("assistant_id")
        return lacksID ? ["`assistant_override` needs `assistant_id` beside it"] : []
    }

    private static func values(in answer: JSONValue) -> [String] {
        var problems: [String] = []
        for key in ["error", "assistant_id"] {
            guard let value = answer[key] else { continue }
            if case .string(let text) = value, !text.allSatisfy(\.isWhitespace) { continue }
            problems.append("`\(key)` must be a text that is not empty")
        }
        if let value = answer["max_duration_seconds"] {
            guard case .number(let text) = value, let seconds = Int(text), RulesReader.durations.contains(seconds)
            else {
                return problems + ["`max_duration_seconds` must be a whole number from 1 to 86400"]
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
}
