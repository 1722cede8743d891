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
            answer.assistant.maxDuration = reader.findings.whole(
                entry.value, of: "`max_duration`, in seconds,", in: AssistantAnswer.durations)
        },
        "reject": { reader, entry, answer in
            answer.whole = reader.readSpokenText(entry.value, of: "`reject`").map(Answer.reject)
        },
        "assistant_id": { reader, entry, answer in
            answer.assistant.assistantID = reader.findings.text(entry.value, of: "`assistant_id`")
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
        if let index = answersByName[name] { return index }
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

    private mutating func readMetadata(_ node: YAMLNode) -> [JSONValue.Member] {
        guard let entries = findings.mapping(node, of: "`metadata`") else { return [] }
        for entry in entries where entry.key == "switchboard" {
            findings.error(
                .reservedName, "`switchboard` is reserved for the tag of an answer; use another name",
                at: entry.keyPosition)
        }
        return entries.map { JSONValue.Member($0.key, readJSON($0.value)) }
    }
}

// Texts with placeholders.
extension RulesReader {
    /// Reads a text that a caller hears, which must never be empty.
    private mutating func readSpokenText(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let template = readTemplate(node, of: what) else { return nil }
        contactUses.note(spoken: template, at: node.position)
        if template.mayBeEmpty {
            findings.error(
                .mayBeEmpty,
                "\(what) is empty when the call lacks this value; add words, or a fallback such as "
                    + "{{caller.number|there}}", at: node.position)
        }
        return template
    }

    /// Reads a text with placeholders.
    mutating func readTemplate(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let text = findings.text(node, of: what) else { return nil }
        checkPlaceholders(in: text, at: node.position)
        let template = TextTemplate(parsing: text)
        contactUses.note(template, at: node.position)
        return template
    }

    /// Reports placeholders that can never be filled, and those that look like a typo.
    private mutating func checkPlaceholders(in text: String, at position: SourcePosition) {
        for name in placeholderNames(in: text) {
            if case .contact? = Placeholder(name: name), !hasContacts {
                findings.error(.noContacts, "`{{\(name)}}` needs `contacts`, and none are set", at: position)
            }
            guard Placeholder(name: name) == nil else { continue }
            if let meant = Suggestion.nearest(to: name, among: Placeholder.names) {
                findings.warning(
                    .unknownPlaceholder, "`{{\(name)}}` is sent as it is; did you mean `{{\(meant)}}`?", at: position)
            }
        }
    }

    /// Returns the names inside `{{...}}`, without their fallbacks.
    private func placeholderNames(in text: String) -> [String] {
        text.split(separator: "{{").dropFirst(text.hasPrefix("{{") ? 0 : 1).compactMap { part in
            guard let end = part.firstRange(of: "}}") else { return nil }
            let name = part[..<end.lowerBound].split(separator: "|", omittingEmptySubsequences: false).first
            return name.map { String($0.filter { !$0.isWhitespace }) }
        }
    }
}
