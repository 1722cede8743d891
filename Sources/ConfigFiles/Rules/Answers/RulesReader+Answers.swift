// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Rules

extension RulesReader {
    /// An answer, while it is read.
    struct AnswerDraft {
        /// Whether its language model hears and speaks by itself.
        fileprivate(set) var isRealtime = false
        fileprivate var assistant = AssistantAnswer()
        /// What it becomes when one of `wholeAnswers` is read.
        fileprivate var whole: Answer?
    }

    /// The keys of an answer.
    ///
    /// Blocks are sent in the order of the file.
    static let answerKeys = KeyTable<AnswerDraft>([
        "greeting": { reader, entry, answer in
            answer.assistant.greeting = reader.readSpokenText(entry.value, of: "`greeting`")
        },
        "llm": { reader, entry, answer in answer.assistant.settings.append(reader.readModel(entry.value)) },
        "stt": { reader, entry, answer in
            answer.assistant.settings.append(reader.readTranscriber(entry, isRealtime: answer.isRealtime))
        },
        "tts": { reader, entry, answer in
            answer.assistant.settings.append(reader.readVoice(entry, isRealtime: answer.isRealtime))
        },
        "analysis": { reader, entry, answer in answer.assistant.settings.append(reader.readAnalysis(entry.value)) },
        "metadata": { reader, entry, answer in answer.assistant.metadata = reader.readMetadata(entry.value) },
        "settings": { reader, entry, answer in answer.assistant.settings += reader.readFreeSettings(entry.value) },
        "max_duration": { reader, entry, answer in
            answer.assistant.maxDuration = reader.readMaxDuration(entry.value)
        },
        "reject": { reader, entry, answer in
            answer.whole = reader.readSpokenText(entry.value, of: "`reject`").map(Answer.reject)
        },
        "assistant_id": { reader, entry, answer in
            answer.assistant.assistantID = reader.readTemplate(entry.value, of: "`assistant_id`")
        },
        "raw": { reader, entry, answer in answer.whole = reader.readRaw(entry.value).map(Answer.raw) },
        "ask": { reader, entry, answer in answer.whole = reader.readAsk(entry.value) },
    ])

    /// The keys that are a whole answer by themselves.
    private static let wholeAnswers = ["reject", "raw", "ask"]

    /// Reads `answers`.
    mutating func readAnswers(_ node: YAMLNode) {
        for entry in findings.mapping(node, of: "`answers`") ?? [] where answersByName[entry.key] == nil {
            if entry.key == "default" {
                findings.error(
                    .reservedName, "`default` is reserved for the saved assistant; give this answer another name",
                    at: entry.keyPosition)
            }
            // A wrong answer keeps its name, so that references to it are not reported too.
            let answer = readAnswerBlock(entry.value) ?? .standard
            answersByName[entry.key] = answers.count
            answers.append(RuleSet.NamedAnswer(name: entry.key, answer: answer))
        }
    }

    /// Reads an answer (the word `default`, a name, or the answer itself) and returns its index.
    mutating func readAnswer(_ node: YAMLNode) -> Int? {
        guard node.scalarText == nil else { return readAnswerName(node) }
        guard let answer = readAnswerBlock(node) else { return nil }
        answers.append(RuleSet.NamedAnswer(name: nil, answer: answer))
        return answers.count - 1
    }

    /// Warns of answers that nothing uses.
    ///
    /// An answer named `closed` is the text with which operators close lines. A file without anything that could use an
    /// answer is a collection of them, or not finished.
    mutating func checkUnusedAnswers(_ fields: MappingReader) {
        let users = ["lines", "hours", "rules", "unknown_line", "no_number", "otherwise"]
        guard users.contains(where: { fields[$0] != nil }) else { return }
        for entry in fields["answers"]?.entries ?? [] where entry.key != "closed" && entry.keyPosition.file == 0 {
            guard let index = answersByName[entry.key], !usedAnswers.contains(index) else { continue }
            findings.warning(.unusedAnswer, "the answer `\(entry.key)` is not used", at: entry.keyPosition)
        }
    }

    /// Returns the index of the answer `default`.
    mutating func standard() -> Int {
        if let standardAnswer { return standardAnswer }
        answers.append(RuleSet.NamedAnswer(name: nil, answer: .standard))
        standardAnswer = answers.count - 1
        return answers.count - 1
    }

    private mutating func readAnswerName(_ node: YAMLNode) -> Int? {
        guard let name = findings.text(node, of: "an answer") else { return nil }
        if name == "default" { return standard() }
        if let index = answersByName[name] {
            usedAnswers.insert(index)
            return index
        }
        let hint = Suggestion.hint(for: name, among: Array(answersByName.keys) + ["default"])
        findings.error(.unknownAnswer, "there is no answer named `\(name)`\(hint)", at: node.position)
        return nil
    }

    private mutating func readAnswerBlock(_ node: YAMLNode) -> Answer? {
        if node.scalarText == "default" { return .standard }
        guard let fields = fields(node, of: "an answer", Self.answerKeys) else { return nil }
        var draft = AnswerDraft()
        if let mode = Self.wholeAnswers.lazy.compactMap({ fields.entry($0) }).first {
            for other in fields.entries where other.key != mode.key && Self.answerKeys[other.key] != nil {
                findings.error(
                    .conflictingKeys, "`\(other.key)` cannot be combined with `\(mode.key)`", at: other.keyPosition)
            }
            read(mode, Self.answerKeys, into: &draft)
            return draft.whole
        }
        if fields.entries.isEmpty {
            findings.error(
                .emptyValue, "empty answer; for the saved assistant as it is, write `default`", at: node.position)
        }
        draft.isRealtime = Providers.isRealtime(fields["llm"].flatMap { MappingReader.of($0) }?["provider"]?.scalarText)
        for entry in fields.entries { read(entry, Self.answerKeys, into: &draft) }
        return .assistant(draft.assistant)
    }

    /// A call this short ends before anything is said, in seconds; minutes were meant.
    private static let shortestCall = 10

    /// Reads seconds, or a duration such as `5m`, and warns of a number that is probably one of minutes.
    private mutating func readMaxDuration(_ node: YAMLNode) -> Int? {
        let seconds = readDuration(node)
        if let seconds, seconds < Self.shortestCall, case .number = YAMLScalar(node) {
            findings.warning(
                .shortCall,
                "`max_duration` is in seconds, so calls end after \(seconds) s; write \(seconds)m for minutes",
                at: node.position)
        }
        return seconds
    }

    private mutating func readDuration(_ node: YAMLNode) -> Int? {
        if let text = node.scalarText, case .string = YAMLScalar(node), let seconds = DurationText.seconds(text),
            AssistantAnswer.durations.contains(Int(seconds))
        {
            return Int(seconds)
        }
        return findings.whole(
            node, of: "`max_duration`, in seconds or as a duration such as 5m,", in: AssistantAnswer.durations)
    }

    private mutating func readMetadata(_ node: YAMLNode) -> [JSONTemplate.Member] {
        guard let entries = findings.mapping(node, of: "`metadata`") else { return [] }
        for entry in entries where entry.key == "switchboard" {
            findings.error(
                .reservedName, "`switchboard` is reserved for the tag of an answer; use another name",
                at: entry.keyPosition)
        }
        return readFilledMembers(entries)
    }
}
