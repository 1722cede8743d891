// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Rules

extension RulesReader {
    private static let keys = [
        "greeting", "llm", "stt", "tts", "analysis", "metadata", "settings", "max_duration", "reject", "assistant_id",
        "raw", "ask",
    ]

    /// Reads `answers`.
    mutating func readAnswers(_ node: YAMLNode) {
        for entry in findings.block(node, of: "`answers`") ?? [] where answersByName[entry.key] == nil {
            if entry.key == "default" {
                findings.error(
                    "`default` is the word for the saved assistant; give this answer another name",
                    at: entry.keyPosition)
            }
            // An answer that is wrong keeps its name, so that what refers to it is not reported as well.
            let answer = readAnswerBlock(entry.value) ?? .standard
            answersByName[entry.key] = answers.count
            answers.append(RuleSet.NamedAnswer(name: entry.key, answer: answer))
        }
    }

    /// Reads a place where an answer is due: the word `default`, a name, or the answer itself.
    mutating func readAnswer(_ node: YAMLNode) -> Int? {
        guard node.scalarText == nil else { return readAnswerName(node) }
        guard let answer = readAnswerBlock(node) else { return nil }
        answers.append(RuleSet.NamedAnswer(name: nil, answer: answer))
        return answers.count - 1
    }

    /// Returns the answer `default`.
    mutating func standard() -> Int {
        if let standardAnswer { return standardAnswer }
        answers.append(RuleSet.NamedAnswer(name: nil, answer: .standard))
        standardAnswer = answers.count - 1
        return answers.count - 1
    }

    private mutating func readAnswerName(_ node: YAMLNode) -> Int? {
        guard let name = findings.text(node, of: "an answer") else { return nil }
        if name == "default" { return standard() }
        if let index = answersByName[name] { return index }
        let hint = Suggestion.hint(for: name, among: Array(answersByName.keys) + ["default"])
        findings.error("there is no answer named `\(name)`\(hint)", at: node.position)
        return nil
    }

    private mutating func readAnswerBlock(_ node: YAMLNode) -> Answer? {
        if node.scalarText == "default" { return .standard }
        guard let fields = findings.fields(node, of: "an answer", known: Self.keys) else { return nil }
        for mode in ["reject", "raw", "ask"] {
            guard let value = fields[mode] else { continue }
            for other in fields.entries where other.key != mode && Self.keys.contains(other.key) {
                findings.error(
                    "`\(other.key)` cannot stand beside `\(mode)`, which is a whole answer", at: other.keyPosition)
            }
            return switch mode {
            case "raw": readRaw(value).map(Answer.raw)
            case "ask": readAsk(value)
            default: readSpokenText(value, of: "`reject`").map(Answer.reject)
            }
        }
        if fields.entries.isEmpty {
            findings.error(
                "this answer is empty; the word for the saved assistant as it is is `default`", at: node.position)
        }
        return .assistant(readAssistant(fields))
    }

    /// How long a call may be limited to, in seconds.
    static let durations = 1...86_400

    private mutating func readAssistant(_ fields: MappingReader) -> AssistantAnswer {
        var answer = AssistantAnswer()
        answer.greeting = fields["greeting"].flatMap { readSpokenText($0, of: "`greeting`") }
        answer.settings = readSettings(fields)
        answer.metadata = fields["metadata"].map { readMetadata($0) } ?? []
        answer.assistantID = fields["assistant_id"].flatMap { findings.text($0, of: "`assistant_id`") }
        answer.maxDuration = fields["max_duration"].flatMap {
            findings.whole($0, of: "`max_duration`, in seconds,", in: Self.durations)
        }
        return answer
    }

    private mutating func readMetadata(_ node: YAMLNode) -> [JSONValue.Member] {
        guard let entries = findings.block(node, of: "`metadata`") else { return [] }
        for entry in entries where entry.key == "switchboard" {
            findings.error("`switchboard` is where our own tag goes; use another name", at: entry.keyPosition)
        }
        return entries.map { JSONValue.Member($0.key, readJSON($0.value)) }
    }
}
