// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Rules

extension RulesReader {
    /// Reads JSON that is sent as it is, and checks that it is an answer whatever fills its placeholders.
    mutating func readRaw(_ node: YAMLNode) -> TextTemplate? {
        guard node.scalarText != nil else {
            findings.error(
                .wrongType, "`raw` must be a string that contains a JSON object; use quotes or a block with |",
                at: node.position)
            return nil
        }
        guard let template = readTemplate(node, of: "`raw`") else { return nil }
        for filling in RawFilling.allCases {
            let bytes = filling.fill(template)
            if let problem = JSONSyntax.problem(in: bytes) {
                findings.error(
                    .invalidJSON, "`raw` is not a JSON object\(filling.words): \(problem)", at: node.position)
                return nil
            }
            let problems = JSONReader.read(bytes).map(RawAnswerCheck.problems) ?? []
            for problem in problems {
                findings.error(.invalidAnswer, "`raw`\(filling.words): \(problem)", at: node.position)
            }
            guard problems.isEmpty else { return nil }
        }
        return template
    }
}

/// What fills the placeholders of a raw answer while it is checked.
private enum RawFilling: CaseIterable {
    /// The call has every value.
    case values
    /// The call has no value, so the fallbacks are used.
    case fallbacks

    var words: String {
        switch self {
        case .values: ""
        case .fallbacks: " when the call lacks a value"
        }
    }

    func fill(_ template: TextTemplate) -> [UInt8] {
        var bytes: [UInt8] = []
        for piece in template.pieces {
            switch piece {
            case .text(let text): bytes += Array(text.utf8)
            case .hole(let hole):
                JSONWriter.append(escaping: self == .values ? hole.placeholder.sample : hole.fallback, to: &bytes)
            }
        }
        return bytes
    }
}

extension Placeholder {
    /// A value as a call may have it.
    fileprivate var sample: String {
        switch self {
        case .callerNumber: "+31612345678"
        case .callerCountry: "NL"
        case .contact: "Jan \"de\" Vries"
        case .lineName: "Front \"desk\""
        case .lineNumber: "+31201234567"
        case .callID: "5c4d030f"
        case .timeHour: "10"
        case .lineFact: "Utrecht"
        case .phrase: "Good \"day\""
        case .moment: "Monday"
        }
    }
}

/// Checks an answer that is sent as it is written for what the platform would refuse or misread (docs/platform.md, Answers).
private enum RawAnswerCheck {
    /// Returns the problems of an answer.
    static func problems(in answer: JSONValue) -> [String] {
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
            if case .string(let text) = value, !text.allSatisfy(\.isWhitespace) { continue }
            problems.append("`\(key)` must be a string that is not empty")
        }
        if let value = answer["max_duration_seconds"] {
            guard case .number(let text) = value, let seconds = Int(text), RulesReader.durations.contains(seconds)
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
}
