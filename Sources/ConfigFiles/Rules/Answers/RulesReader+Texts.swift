// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// The texts of a file, while it is read.
struct TextDraft {
    /// The names that texts may use.
    var names = TextNames()
    /// The phrases so far; those of `phrases` come first.
    var phrases: [Phrase] = []
    /// Whether phrases are read, which may not contain phrases.
    var isInPhrase = false
    /// Whether a text is read that is for one language only, in which times are said.
    fileprivate var hasOwnLanguage = false
    /// Texts that must not be empty, which is only clear once all phrases are read.
    fileprivate var spoken: [SpokenText] = []
    /// Where texts are whose placeholders are filled.
    private(set) var filled: Set<SourcePosition> = []
    /// The variables and phrases that texts use.
    private(set) var used: Set<String> = []

    fileprivate mutating func note(_ text: [WrittenPlaceholder], at position: SourcePosition) {
        filled.insert(position)
        used.formUnion(text.map(\.name))
    }
}

/// A text that a caller hears.
private struct SpokenText {
    let template: TextTemplate
    let what: String
    let position: SourcePosition
}

extension RulesReader {
    /// Reads a text that a caller hears, which must never be empty; a mapping has one text for each language.
    mutating func readSpokenText(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let template = readText(node, of: what) else { return nil }
        texts.spoken.append(SpokenText(template: template, what: what, position: node.position))
        return template
    }

    /// Reports the texts that a caller may not hear; all phrases must have been read.
    mutating func checkSpokenTexts() {
        for text in texts.spoken where text.template.mayBeEmpty(texts.phrases) {
            findings.error(
                .mayBeEmpty,
                "\(text.what) is empty when the call lacks this value; add words, or a fallback such as "
                    + "{{caller.number|there}}, or a version for all other calls", at: text.position)
        }
    }

    /// Reads a text with placeholders, or a mapping with one for each language.
    mutating func readText(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let entries = node.entries else { return readSpokenTemplate(node, of: what) }
        guard let versions = readLanguages(entries, of: what, at: node.position) else { return nil }
        texts.phrases.append(Phrase(name: nil, versions))
        return TextTemplate(pieces: [.hole(TextTemplate.Hole(.phrase(texts.phrases.count - 1)))])
    }

    /// Reads a text with placeholders that a caller may hear.
    private mutating func readSpokenTemplate(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let template = readTemplate(node, of: what) else { return nil }
        contactUses.note(spoken: template, at: node.position)
        lookingBack.note(spoken: template, at: node.position)
        lineTexts.note(
            template,
            LineTexts.Use(
                text: node.scalarText ?? "", position: node.position, hasOwnLanguage: texts.hasOwnLanguage))
        return template
    }

    /// Reads a text with placeholders.
    mutating func readTemplate(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let text = findings.text(node, of: what) else { return nil }
        return template(text, at: node.position)
    }

    /// Parses a text whose placeholders are filled, and reports those that are not.
    mutating func template(_ text: String, at position: SourcePosition) -> TextTemplate {
        let written = TextTemplate.placeholders(in: text, names: texts.names)
        texts.note(written, at: position)
        for placeholder in written { check(placeholder, at: position) }
        if text.contains("{"),
            let slip = PlaceholderSlip.singleBraces(in: text, names: texts.names, hasContacts: hasContacts)
        {
            findings.warning(.unknownPlaceholder, slip, at: position)
        }
        let template = TextTemplate(parsing: text, names: texts.names)
        contactUses.note(template, at: position)
        if !texts.hasOwnLanguage { noteSpokenMoments(in: template, at: position) }
        return template
    }

    /// Reads a text that is the same for every call: only variables are filled.
    mutating func readFixedText(_ node: YAMLNode, of what: String) -> String? {
        guard let text = findings.text(node, of: what) else { return nil }
        guard let filled = TextTemplate(parsing: text, names: texts.names).literalText else { return text }
        texts.note(TextTemplate.placeholders(in: text, names: texts.names), at: node.position)
        return filled
    }

    /// Reports a placeholder that is never filled, or that looks like a mistake.
    private mutating func check(_ written: WrittenPlaceholder, at position: SourcePosition) {
        let name = written.name
        if case .contact? = Placeholder(name: name), !hasContacts {
            findings.error(.noContacts, "`{{\(name)}}` needs `contacts`, and none are set", at: position)
        }
        guard texts.names.knows(name) else { return checkUnknown(name, at: position) }
        if texts.isInPhrase, name.hasPrefix("phrase.") {
            findings.error(
                .nestedPhrase, "`{{\(name)}}` cannot be used here: a phrase cannot contain phrases", at: position)
        }
        if written.fallback?.contains("{{") == true {
            findings.warning(
                .nestedPlaceholder,
                "the fallback of `{{\(name)}}` contains a placeholder, which is not filled; use a phrase with `when`",
                at: position)
        }
        if let fallback = written.fallback, let slip = PlaceholderSlip.filter(in: fallback, of: name) {
            findings.warning(.unknownFilter, slip, at: position)
        }
        if let colon = name.lastIndex(of: ":") { checkFilter(name[name.index(after: colon)...].trimmed, at: position) }
    }

    private mutating func checkFilter(_ word: Substring, at position: SourcePosition) {
        let filters = TextFilter.allCases.map(\.rawValue)
        findings.warning(
            .unknownFilter, "unknown filter `\(word)`\(Suggestion.words(for: String(word), among: filters))",
            at: position)
    }

    private mutating func checkUnknown(_ name: String, at position: SourcePosition) {
        let family = name.prefix { $0 != "." }.trimmed
        if let colon = name.firstIndex(of: ":"), texts.names.knows(String(name[..<colon].trimmed)) {
            return checkFilter(name[name.index(after: colon)...].trimmed, at: position)
        }
        let advice: String
        if let meant = Suggestion.nearest(to: name, among: texts.names.all) {
            advice = "did you mean `{{\(meant)}}`?"
        } else if let meant = PlaceholderSlip.meant(by: name, names: texts.names, hasContacts: hasContacts) {
            advice = "did you mean `{{\(meant)}}`?"
        } else if let ours = TextNames.families.first(where: { $0 == family.lowercased() }) {
            advice = self.advice(for: name, family: ours)
        } else {
            return
        }
        findings.warning(.unknownPlaceholder, "`{{\(name)}}` is sent as it is; \(advice)", at: position)
    }

    /// What to write instead of a name that begins like one of ours.
    private func advice(for name: String, family: String) -> String {
        let attribute = name.dropFirst(family.count).drop { $0 == "." || $0 == " " }
        if family + "." == Placeholder.contactPrefix {
            let sample = attribute.isEmpty ? "name" : String(attribute)
            return "write `{{\(Placeholder.contactPrefix)\(sample)}}`"
        }
        let known = texts.names.all.filter { $0.hasPrefix(family + ".") }
        return known.isEmpty ? "the file has no such name" : "expected \(known.joined(separator: ", "))"
    }

    /// Reads the texts of a mapping by language.
    private mutating func readLanguages(
        _ entries: [YAMLNode.Entry], of what: String, at position: SourcePosition
    ) -> Phrase.Versions? {
        var versions: [String: TextTemplate] = [:]
        var otherwise: TextTemplate?
        let errorsBefore = findings.errorCount
        defer { texts.hasOwnLanguage = false }
        for entry in entries {
            texts.hasOwnLanguage = MomentPlaceholder.languages.contains(LanguageText.read(entry.key) ?? "")
            let text = readSpokenTemplate(entry.value, of: "`\(entry.key)`")
            if entry.key == "otherwise" {
                otherwise = text
                continue
            }
            guard let code = languageCode(entry.key, at: entry.keyPosition) else { continue }
            if versions[code] != nil {
                findings.error(.duplicateName, "\(what) has a text for `\(code)` already", at: entry.keyPosition)
            }
            versions[code] = text
        }
        if entries.isEmpty {
            findings.error(
                .emptyValue, "\(what) is empty; expected a text, or one for each language", at: position)
        }
        return findings.errorCount == errorsBefore ? .byLanguage(versions, otherwise: otherwise) : nil
    }
}
