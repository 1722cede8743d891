// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Rules

/// Searches the whole file for secrets, for strings that a comment cuts off and for placeholders that are not filled.
struct RuleLinter {
    private(set) var findings: Diagnostics
    private var source = SourceLines("")
    private let texts: TextDraft
    private var looksForPlaceholders = true

    /// Keys whose strings callers hear or models read.
    private static let spoken: Set<String> = [
        "greeting", "reject", "content", "message", "messages", "voicemail_message", "end_call_message",
        "final_message", "end_call_phrases",
    ]

    init(findings: Diagnostics, texts: TextDraft) {
        self.findings = findings
        self.texts = texts
    }

    /// Searches the sections of a file.
    mutating func search(_ file: RulesSource.File) {
        source = SourceLines(file.text)
        for entry in file.root.entries ?? [] {
            checkCharacters(of: entry.key, at: entry.keyPosition, isKey: true)
            // What begins with `x-` counts where an alias uses it; a case has what goes out, whatever that is.
            looksForPlaceholders = entry.key != "tests" && !entry.key.hasPrefix("x-")
            search(entry.value, key: entry.key)
        }
    }

    /// Searches a node and everything in it; `key` is the nearest key above it.
    mutating func search(_ node: YAMLNode, key: String = "") {
        switch node.content {
        case .sequence(let items): for item in items { search(item, key: key) }
        case .mapping(let entries):
            // `RulesReader.readSecrets` reports secrets there.
            for entry in entries where key != "server" || entry.key != "secrets" {
                checkPlaceholders(in: entry.key, at: entry.keyPosition)
                checkCharacters(of: entry.key, at: entry.keyPosition, isKey: true)
                checkControls(of: entry.key, at: entry.keyPosition, isName: true)
                search(entry.value, key: entry.key)
            }
        case .scalar(let text, let isPlain):
            checkSecret(node, text: text, key: key)
            if isPlain { checkComment(node, key: key) }
            checkPlaceholders(in: text, at: node.position)
            checkCharacters(of: text, at: node.position, isPlain: isPlain)
            checkControls(of: text, at: node.position, isName: Self.keysOfNames.contains(key))
        }
    }

    /// The keys of names that are not keys themselves.
    private static let keysOfNames: Set = ["name", "group"]

    /// Reports control characters: in a name they are an error, since by it calls are found and counted.
    private mutating func checkControls(of text: String, at position: SourcePosition, isName: Bool) {
        guard let control = OddCharacter.control(in: text) else { return }
        let advice = OddCharacter.advice(control)
        if isName {
            findings.error(.oddCharacter, advice, at: position)
        } else {
            findings.warning(.oddCharacter, advice, at: position)
        }
    }

    /// Warns of characters that cannot be seen, or that look like a space or a quote and are none for YAML.
    private mutating func checkCharacters(
        of text: String, at position: SourcePosition, isKey: Bool = false, isPlain: Bool = false
    ) {
        guard let odd = OddCharacter.mistake(in: text, isKey: isKey, isPlain: isPlain || isKey) else { return }
        findings.warning(
            .oddCharacter, OddCharacter.advice(odd.scalar),
            at: source.place(of: odd.scalar, from: position) ?? position)
    }

    /// Warns of placeholders that mean something in other places.
    private mutating func checkPlaceholders(in text: String, at position: SourcePosition) {
        guard looksForPlaceholders, text.contains("{{"), !texts.filled.contains(position) else { return }
        for written in TextTemplate.placeholders(in: text, names: texts.names) where texts.names.knows(written.name) {
            findings.warning(
                .unfilledPlaceholder, "`{{\(written.name)}}` is not filled here; it is used as it is written",
                at: position)
        }
    }

    private mutating func checkSecret(_ node: YAMLNode, text: String, key: String) {
        guard !SecretDetector.isPlaceholder(text) else { return }
        let isNamed = SecretDetector.isKeyOfSecret(key) && node.mayBeSecret
        let isInRaw = key == "raw" && (JSONReader.read(Array(text.utf8))?.namesSecret ?? false)
        guard isNamed || isInRaw || SecretDetector.areIn(text) else { return }
        findings.warning(
            .possibleSecret,
            "`\(key)` looks like a secret, and anyone who can read this file can use it; keep it on the platform",
            at: node.position, showsSource: false)
    }

    private mutating func checkComment(_ node: YAMLNode, key: String) {
        guard let comment = source.comment(after: node) else { return }
        // A name may well be `Desk #2`; a comment mostly begins with a space.
        let isNumber = key == "name" && comment.text.first?.isNumber == true
        guard Self.spoken.contains(key) || isNumber else { return }
        findings.warning(
            .commentInText, "the string ends here, because # starts a comment; put the string in quotes",
            at: comment.position)
    }
}

extension YAMLNode {
    /// Whether this is a string or a long number.
    fileprivate var mayBeSecret: Bool {
        switch YAMLScalar(self) {
        case .string: true
        case .number(let text): text.count > 5
        case .null, .bool, .notFinite, nil: false
        }
    }
}

extension JSONValue {
    /// Whether any key in it names a secret and has a value.
    fileprivate var namesSecret: Bool {
        switch self {
        case .array(let items): items.contains(where: \.namesSecret)
        case .object(let members):
            members.contains { member in
                let text = SecretDetector.isKeyOfSecret(member.key) ? member.value.string : nil
                return text.map { !SecretDetector.isPlaceholder($0) } ?? member.value.namesSecret
            }
        case .null, .bool, .number, .string: false
        }
    }
}
