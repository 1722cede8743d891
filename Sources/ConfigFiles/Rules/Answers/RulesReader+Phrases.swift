// SPDX-License-Identifier: Apache-2.0

import Rules

extension RulesReader {
    /// Collects the names that texts may use, before any text is read.
    mutating func gatherNames(_ fields: MappingReader) {
        for entry in fields["vars"]?.entries ?? [] {
            if let text = findings.text(entry.value, of: "`\(entry.key)`") { texts.names.variables[entry.key] = text }
        }
        for entry in fields["phrases"]?.entries ?? [] where texts.names.phrases[entry.key] == nil {
            texts.names.phrases[entry.key] = texts.phrases.count
            texts.phrases.append(Phrase(name: entry.key, .byCondition([])))
        }
        for line in fields["lines"]?.items ?? [] {
            let facts = MappingReader.of(line)?["facts"]?.entries ?? []
            texts.names.facts.formUnion(facts.map { $0.key.lowercased() })
        }
    }

    /// Reads `vars`; `gatherNames` has taken the texts.
    mutating func readVariables(_ node: YAMLNode) {
        _ = findings.mapping(node, of: "`vars`")
    }

    /// A version of a phrase, while it is read.
    struct VersionDraft {
        /// The name of the phrase.
        fileprivate let phrase: String
        fileprivate var condition: Condition? = .always
        fileprivate var text: TextTemplate?
    }

    static let versionKeys = KeyTable<VersionDraft>([
        "when": { reader, entry, version in
            version.condition = reader.readCondition(entry.value, rule: version.phrase)
        },
        "say": { reader, entry, version in
            if case .string(let text)? = YAMLScalar(entry.value), text.allSatisfy(\.isWhitespace) {
                reader.findings.error(
                    .emptyValue,
                    "`say` has no words; to say nothing here, leave this version out, and narrow the `when` of those after it",
                    at: entry.value.position)
                return
            }
            version.text = reader.readText(entry.value, of: "`say`")
        },
    ])

    /// Reads `phrases`, whose conditions refer to lines and hours.
    mutating func readPhrases(_ node: YAMLNode) {
        texts.isInPhrase = true
        defer { texts.isInPhrase = false }
        for entry in findings.mapping(node, of: "`phrases`") ?? [] {
            guard let index = texts.names.phrases[entry.key], let versions = readVersions(entry) else { continue }
            texts.phrases[index] = Phrase(name: entry.key, .byCondition(versions))
        }
    }

    /// Reads a text, or a list of versions of which the first whose condition holds is used.
    private mutating func readVersions(_ entry: YAMLNode.Entry) -> [Phrase.Version]? {
        guard let items = entry.value.items else {
            return readText(entry.value, of: "`\(entry.key)`").map { [Phrase.Version(.always, $0)] }
        }
        guard hasItems(entry.value, of: entry.key) else { return nil }
        let versions = items.compactMap { readVersion($0, of: entry.key) }
        for (place, version) in versions.dropLast().enumerated() where version.condition == .always {
            findings.warning(
                .neverReached, "this version has no `when`, so no version after it is used; put it last",
                at: items[place].position)
        }
        return versions.count == items.count ? versions : nil
    }

    private mutating func readVersion(_ node: YAMLNode, of phrase: String) -> Phrase.Version? {
        var version = VersionDraft(phrase: phrase)
        guard let fields = read(node, of: "a version", Self.versionKeys, into: &version) else { return nil }
        require("say", in: fields, of: "a version")
        guard let condition = version.condition, let text = version.text else { return nil }
        return Phrase.Version(condition, text)
    }

    /// Warns of variables and phrases that no text uses.
    mutating func checkUnusedTexts(_ fields: MappingReader) {
        for (key, prefix) in [("vars", "vars."), ("phrases", "phrase.")] {
            for entry in fields[key]?.entries ?? []
            where entry.keyPosition.file == 0 && !texts.used.contains(prefix + entry.key) {
                findings.warning(.unusedText, "no text uses `{{\(prefix)\(entry.key)}}`", at: entry.keyPosition)
            }
        }
    }
}
