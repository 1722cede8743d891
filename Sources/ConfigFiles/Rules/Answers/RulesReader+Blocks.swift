// SPDX-License-Identifier: Apache-2.0

import Rules

extension RulesReader {
    /// The keys of an assistant that have a key of their own in an answer.
    private static let ownKeys = [
        "first_message": "greeting", "llm_config": "llm", "stt_config": "stt", "tts_config": "tts",
        "analysis_plan": "analysis", "metadata": "metadata",
    ]

    /// Reads `llm`.
    mutating func readModel(_ node: YAMLNode) -> JSONTemplate.Member {
        if let fields = readBlock(node, of: "`llm`", needs: AssistantBlock.llm.needed) {
            checkKeys(fields.entries, of: "`llm`", among: PlatformKeys.llm)
            checkProvider(fields, of: "`llm`", among: Providers.models)
            if let node = fields["temperature"] { findings.checkNumber(node, of: "`temperature`", in: 0...2) }
            if let node = fields["max_completion_tokens"] {
                _ = findings.whole(node, of: "`max_completion_tokens`", in: 1...32_768)
            }
            checkIsList(fields["tools"], of: "`tools`")
            if let tools = fields["tools"] { checkTools(tools) }
        }
        return JSONTemplate.Member("llm_config", readModelJSON(node))
    }

    /// Reads `stt`.
    mutating func readTranscriber(_ entry: YAMLNode.Entry, isRealtime: Bool) -> JSONTemplate.Member {
        if isRealtime { refuseWithRealtime(entry) }
        if let fields = readBlock(entry.value, of: "`stt`", needs: AssistantBlock.stt.needed) {
            checkKeys(fields.entries, of: "`stt`", among: PlatformKeys.stt)
            checkProvider(fields, of: "`stt`", among: Providers.transcribers)
            checkLanguage(fields["language"])
        }
        return JSONTemplate.Member("stt_config", readFilledJSON(entry.value, key: entry.key))
    }

    /// Reads `tts`.
    mutating func readVoice(_ entry: YAMLNode.Entry, isRealtime: Bool) -> JSONTemplate.Member {
        if isRealtime { refuseWithRealtime(entry) }
        if let fields = readBlock(entry.value, of: "`tts`", needs: AssistantBlock.tts.needed) {
            checkKeys(fields.entries, of: "`tts`", among: PlatformKeys.tts)
            checkProvider(fields, of: "`tts`", among: Providers.voices)
            for (key, range) in Providers.voiceRanges {
                if let node = fields[key] { findings.checkNumber(node, of: "`\(key)`", in: range) }
            }
        }
        return JSONTemplate.Member("tts_config", readFilledJSON(entry.value, key: entry.key))
    }

    /// Reads `analysis`.
    mutating func readAnalysis(_ node: YAMLNode) -> JSONTemplate.Member {
        if let fields = readBlock(node, of: "`analysis`", needs: []) {
            if fields.entries.isEmpty { findings.error(.emptyValue, "`analysis` is empty", at: node.position) }
            if let node = fields["min_messages_threshold"] {
                _ = findings.whole(node, of: "`min_messages_threshold`", in: 0...Int.max)
            }
            checkKeys(fields.entries, of: "`analysis`", among: PlatformKeys.analysis)
            if let node = fields["structured_data_plan"] { checkDataPlan(node) }
            if let plan = fields["summary_plan"]?.entries {
                checkKeys(plan, of: "`summary_plan`", among: PlatformKeys.plan)
            }
        }
        return JSONTemplate.Member("analysis_plan", readAnalysisJSON(node))
    }

    private mutating func checkDataPlan(_ node: YAMLNode) {
        guard let fields = readBlock(node, of: "`structured_data_plan`", needs: []) else { return }
        checkKeys(fields.entries, of: "`structured_data_plan`", among: PlatformKeys.plan)
        if let node = fields["enabled"] { _ = findings.flag(node, of: "`enabled`") }
        if let node = fields["schema"] { _ = findings.mapping(node, of: "`schema`") }
    }

    /// Reads `settings`: keys of the assistant that have no key in an answer.
    mutating func readFreeSettings(_ node: YAMLNode) -> [JSONTemplate.Member] {
        let entries = findings.mapping(node, of: "`settings`") ?? []
        checkKeys(entries, of: "`settings`", among: PlatformKeys.settings, own: Self.ownKeys)
        return entries.map { entry in
            if let own = Self.ownKeys[entry.key] {
                findings.error(
                    .ownKey, "`\(entry.key)` cannot be set here; use the key `\(own)` of the answer",
                    at: entry.keyPosition)
            }
            if entry.key == "speech_config" { checkSpeech(entry.value) }
            if entry.key == "recording_consent", let consent = entry.value.entries {
                checkKeys(consent, of: "`recording_consent`", among: PlatformKeys.consent)
            }
            return JSONTemplate.Member(entry.key, readFilledJSON(entry.value, key: entry.key))
        }
    }

    /// Checks the phrases after which the platform hangs up.
    private mutating func checkSpeech(_ node: YAMLNode) {
        checkKeys(node.entries ?? [], of: "`speech_config`", among: PlatformKeys.speech)
        guard let phrases = MappingReader.of(node)?["end_call_phrases"] else { return }
        checkIsList(phrases, of: "`end_call_phrases`")
        let items = phrases.items ?? []
        if items.count > 5 {
            findings.error(.outOfRange, "`end_call_phrases` can have at most 5 phrases", at: phrases.position)
        }
        for item in items {
            guard let phrase = findings.text(item, of: "a phrase") else { continue }
            if phrase.count > 100 || phrase.count(where: { $0.isLetter || $0.isNumber }) < 2 {
                findings.error(
                    .invalidPhrase, "a phrase needs at least 2 letters or digits and at most 100 characters",
                    at: item.position)
            }
        }
    }

    /// Reads a block that replaces one of the assistant's, and checks that it is complete.
    private mutating func readBlock(_ node: YAMLNode, of what: String, needs required: [String]) -> MappingReader? {
        guard let entries = findings.mapping(node, of: what) else { return nil }
        let fields = MappingReader(position: node.position, entries: entries)
        for entry in entries where required.contains(entry.key) {
            if findings.text(entry.value, of: "`\(entry.key)`") != nil, case .number = YAMLScalar(entry.value) {
                findings.warning(
                    .sentAsNumber, "`\(entry.key)` must be a string, but this is sent as a number; put it in quotes",
                    at: entry.value.position)
            }
        }
        if let problem = AssistantBlock.problem(in: what, needing: required, has: { fields[$0] != nil }) {
            findings.error(.incompleteBlock, problem, at: node.position)
        }
        return fields
    }

    /// Warns of a provider or model that was unknown when this version was released.
    private mutating func checkProvider(_ fields: MappingReader, of what: String, among known: [Providers.Provider]) {
        guard let node = fields["provider"], let name = node.scalarText, !node.isNull, !name.contains("{{")
        else { return }
        guard let provider = known.first(where: { $0.name == name }) else {
            return warnOfUnknown(.unknownProvider, node, "provider `\(name)` in \(what)", name, known.map(\.name))
        }
        guard let node = fields["model"], let model = node.scalarText, !node.isNull, !provider.models.isEmpty,
            !model.contains("{{"), !provider.models.contains(model)
        else { return }
        warnOfUnknown(.unknownModel, node, "model `\(model)` of \(name) in \(what)", model, provider.models)
    }

    /// Warns of an unknown language; the country in `nl-BE` is ignored.
    private mutating func checkLanguage(_ node: YAMLNode?) {
        guard let node, let text = node.scalarText, !node.isNull, let code = text.split(separator: "-").first,
            !text.contains("{{"), !Providers.languages.contains(String(code))
        else { return }
        findings.warning(
            .unknownLanguage, "unknown language `\(text)` in `stt`; expected a code such as nl, en or multi",
            at: node.position)
    }

    private mutating func warnOfUnknown(
        _ code: Diagnostic.Code, _ node: YAMLNode, _ what: String, _ name: String, _ known: [String]
    ) {
        findings.warning(code, "unknown \(what)\(Suggestion.words(for: name, among: known))", at: node.position)
    }

    private mutating func checkIsList(_ node: YAMLNode?, of what: String) {
        guard let node, node.items == nil else { return }
        findings.error(.wrongType, "\(what) must be a list, found \(node.described)", at: node.position)
    }

    private mutating func refuseWithRealtime(_ entry: YAMLNode.Entry) {
        findings.error(
            .conflictingKeys, "`\(entry.key)` cannot be combined with a realtime model, which hears and speaks itself",
            at: entry.keyPosition)
    }
}
