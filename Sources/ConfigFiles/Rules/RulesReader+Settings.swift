// SPDX-License-Identifier: Apache-2.0

import Rules

extension RulesReader {
    /// The keys of an assistant that have a key of their own in an answer.
    private static let ownKeys = [
        "first_message": "greeting", "llm_config": "llm", "stt_config": "stt", "tts_config": "tts",
        "analysis_plan": "analysis", "metadata": "metadata",
    ]

    /// Reads the blocks of an answer that replace blocks of the assistant, in the order of the file.
    mutating func readSettings(_ fields: MappingReader) -> [JSONTemplate.Member] {
        let isRealtime =
            fields["llm"].map { Providers.isRealtime(MappingReader.of($0)?["provider"]?.scalarText) } ?? false
        var members: [JSONTemplate.Member] = []
        for entry in fields.entries {
            switch entry.key {
            case "llm": members.append(readModel(entry.value))
            case "stt": members.append(readTranscriber(entry, besideRealtime: isRealtime))
            case "tts": members.append(readVoice(entry, besideRealtime: isRealtime))
            case "analysis": members.append(readAnalysis(entry.value))
            case "settings": members += readFreeSettings(entry.value)
            default: break
            }
        }
        return members
    }

    private mutating func readModel(_ node: YAMLNode) -> JSONTemplate.Member {
        if let fields = readBlock(node, of: "`llm`", needs: AssistantBlock.llm.needed) {
            checkProvider(fields, of: "`llm`", among: Providers.models)
            if let node = fields["temperature"] { findings.checkNumber(node, of: "`temperature`", in: 0...2) }
            if let node = fields["max_completion_tokens"] {
                _ = findings.whole(node, of: "`max_completion_tokens`", in: 1...32_768)
            }
            checkIsList(fields["tools"], of: "`tools`")
        }
        return JSONTemplate.Member("llm_config", readJSON(node, messagesBelow: 0))
    }

    private mutating func readTranscriber(_ entry: YAMLNode.Entry, besideRealtime: Bool) -> JSONTemplate.Member {
        if besideRealtime { refuseBesideRealtime(entry) }
        if let fields = readBlock(entry.value, of: "`stt`", needs: AssistantBlock.stt.needed) {
            checkProvider(fields, of: "`stt`", among: Providers.transcribers)
            checkLanguage(fields["language"])
        }
        return JSONTemplate.Member("stt_config", .fixed(readJSON(entry.value)))
    }

    private mutating func readVoice(_ entry: YAMLNode.Entry, besideRealtime: Bool) -> JSONTemplate.Member {
        if besideRealtime { refuseBesideRealtime(entry) }
        if let fields = readBlock(entry.value, of: "`tts`", needs: AssistantBlock.tts.needed) {
            checkProvider(fields, of: "`tts`", among: Providers.voices)
            for (key, range) in Providers.voiceRanges {
                if let node = fields[key] { findings.checkNumber(node, of: "`\(key)`", in: range) }
            }
        }
        return JSONTemplate.Member("tts_config", .fixed(readJSON(entry.value)))
    }

    private mutating func readAnalysis(_ node: YAMLNode) -> JSONTemplate.Member {
        if let fields = readBlock(node, of: "`analysis`", needs: []) {
            if fields.entries.isEmpty { findings.error("`analysis` is empty", at: node.position) }
            if let node = fields["min_messages_threshold"] {
                _ = findings.whole(node, of: "`min_messages_threshold`", in: 0...Int.max)
            }
            if let node = fields["structured_data_plan"] { checkDataPlan(node) }
        }
        return JSONTemplate.Member("analysis_plan", readJSON(node, messagesBelow: 1))
    }

    private mutating func checkDataPlan(_ node: YAMLNode) {
        guard let fields = readBlock(node, of: "`structured_data_plan`", needs: []) else { return }
        if let node = fields["enabled"] { _ = findings.flag(node, of: "`enabled`") }
        if let node = fields["schema"] { _ = findings.block(node, of: "`schema`") }
    }

    private mutating func readFreeSettings(_ node: YAMLNode) -> [JSONTemplate.Member] {
        (findings.block(node, of: "`settings`") ?? []).map { entry in
            if let own = Self.ownKeys[entry.key] {
                findings.error(
                    "`\(entry.key)` has a key of its own: write `\(own)` beside `settings`", at: entry.keyPosition)
            }
            if entry.key == "speech_config" { checkSpeech(entry.value) }
            return JSONTemplate.Member(entry.key, .fixed(readJSON(entry.value)))
        }
    }

    /// Checks the phrases after which the platform hangs up by itself.
    private mutating func checkSpeech(_ node: YAMLNode) {
        guard let phrases = MappingReader.of(node)?["end_call_phrases"] else { return }
        checkIsList(phrases, of: "`end_call_phrases`")
        let items = phrases.items ?? []
        if items.count > 5 { findings.error("`end_call_phrases` holds at most 5 phrases", at: phrases.position) }
        for item in items {
            guard let phrase = findings.text(item, of: "a phrase") else { continue }
            if phrase.count > 100 || phrase.count(where: { $0.isLetter || $0.isNumber }) < 2 {
                findings.error(
                    "a phrase has 2 letters or digits at least and 100 characters at most", at: item.position)
            }
        }
    }
}
