// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Rules

extension RulesReader {
    /// Converts YAML to JSON under the core schema of YAML 1.2.
    mutating func readJSON(_ node: YAMLNode) -> JSONValue {
        switch node.content {
        case .sequence(let items): .array(items.map { readJSON($0) })
        case .mapping(let entries): .object(entries.map { JSONValue.Member($0.key, readJSON($0.value)) })
        case .scalar(let text, let isPlain): readScalar(node, text: text, isPlain: isPlain)
        }
    }

    /// Converts YAML to JSON in which every string may have placeholders; `key` is the nearest key above it.
    mutating func readFilledJSON(_ node: YAMLNode, key: String) -> JSONTemplate {
        switch node.content {
        case .sequence(let items): return JSONTemplate.array(items.map { readFilledJSON($0, key: key) }).joined
        case .mapping(let entries): return JSONTemplate.object(readFilledMembers(entries)).joined
        case .scalar(let text, let isPlain):
            let value = readScalar(node, text: text, isPlain: isPlain)
            guard case .string(let string) = value, string.contains("{{") else { return .fixed(value) }
            let template = template(string, at: node.position)
            return JSONTemplate.text(URLKey.isURL(string, key: key) ? template.insideURL : template).joined
        }
    }

    /// Converts the entries of a mapping in which every string may have placeholders.
    mutating func readFilledMembers(_ entries: [YAMLNode.Entry]) -> [JSONTemplate.Member] {
        entries.map { JSONTemplate.Member($0.key, readFilledJSON($0.value, key: $0.key)) }
    }

    /// Converts `llm`, whose messages have a shape of their own.
    mutating func readModelJSON(_ node: YAMLNode) -> JSONTemplate {
        guard let entries = node.entries else { return .fixed(readJSON(node)) }
        let members = entries.map { entry in
            JSONTemplate.Member(
                entry.key,
                entry.key == "messages" ? readMessages(entry.value) : readFilledJSON(entry.value, key: entry.key))
        }
        return JSONTemplate.object(members).joined
    }

    /// Converts `analysis`, in which only messages are filled: a schema is the platform's.
    mutating func readAnalysisJSON(_ node: YAMLNode) -> JSONTemplate {
        guard let entries = node.entries else { return .fixed(readJSON(node)) }
        let members = entries.map { entry in
            guard let plan = entry.value.entries else {
                return JSONTemplate.Member(entry.key, .fixed(readJSON(entry.value)))
            }
            let members = plan.map { inner in
                JSONTemplate.Member(
                    inner.key, inner.key == "messages" ? readMessages(inner.value) : .fixed(readJSON(inner.value)))
            }
            return JSONTemplate.Member(entry.key, JSONTemplate.object(members).joined)
        }
        return JSONTemplate.object(members).joined
    }

    private mutating func readMessages(_ node: YAMLNode) -> JSONTemplate {
        guard let items = node.items else {
            findings.error(
                .wrongType, "`messages` must be a list of mappings with `role` and `content`", at: node.position)
            return .fixed(.null)
        }
        return JSONTemplate.array(items.map { readMessage($0) }).joined
    }

    private mutating func readMessage(_ node: YAMLNode) -> JSONTemplate {
        guard let entries = findings.mapping(node, of: "a message") else { return .fixed(.null) }
        let fields = MappingReader(position: node.position, entries: entries)
        require("role", "content", in: fields, of: "a message")
        if let role = fields["role"] { checkRole(role) }
        checkKeys(entries, of: "a message", among: PlatformKeys.message)
        let members = entries.map { entry in
            guard entry.key == "content" else { return JSONTemplate.Member(entry.key, .fixed(readJSON(entry.value))) }
            let content = readText(entry.value, of: "`content`") ?? TextTemplate(literal: "")
            return JSONTemplate.Member("content", JSONTemplate.text(content).joined)
        }
        return JSONTemplate.object(members).joined
    }

    private mutating func checkRole(_ node: YAMLNode) {
        let roles = ["system", "user", "assistant"]
        guard let role = findings.text(node, of: "`role`"), !roles.contains(role) else { return }
        findings.error(
            .unknownWord, "`role` must be system, user or assistant\(Suggestion.hint(for: role, among: roles))",
            at: node.position)
    }

    private mutating func readScalar(_ node: YAMLNode, text: String, isPlain: Bool) -> JSONValue {
        switch YAMLScalar(node) {
        case .null, nil: return .null
        case .bool(let flag): return .bool(flag)
        case .number(let number):
            if isPlain, text.hasPrefix("+"), number.count > 6 {
                findings.warning(
                    .sentAsNumber, "`\(text)` is sent as the number \(number), without the plus sign; put it in quotes",
                    at: node.position)
            }
            return .number(number)
        case .notFinite:
            findings.error(.wrongType, "JSON has no `\(text)`; write a number", at: node.position)
            return .null
        case .string(let string):
            if isPlain, YAMLScalar.isOldTruthValue(string) {
                findings.warnOfOldReading(
                    "`\(string)` is sent as a string; write true or false, or put it in quotes", at: node.position)
            } else if let reading = YAMLScalar.oldReading(node) {
                findings.warnOfOldReading(
                    "`\(string)` is sent as a string, but older YAML reads it as \(reading); put it in quotes",
                    at: node.position)
            }
            return .string(string)
        }
    }
}

extension JSONTemplate {
    /// The same document with every part fixed that has no placeholders.
    var joined: JSONTemplate {
        switch self {
        case .fixed: return self
        case .text(let template):
            return template.literalText.map { .fixed(.string($0)) } ?? self
        case .array(let items):
            let values = items.compactMap(\.fixedValue)
            return values.count == items.count ? .fixed(.array(values)) : self
        case .object(let members):
            let values = members.compactMap { member in
                member.value.fixedValue.map { JSONValue.Member(member.key, $0) }
            }
            return values.count == members.count ? .fixed(.object(values)) : self
        }
    }

    private var fixedValue: JSONValue? {
        if case .fixed(let value) = self { value } else { nil }
    }
}

/// Which strings of an answer are URLs, so that what fills them is percent-encoded.
private enum URLKey {
    /// Whether the key names a URL, such as `url` or `webhook_url`, or the text begins like one.
    static func isURL(_ text: String, key: String) -> Bool {
        let name = key.lowercased()
        if name == "url" || name == "uri" || name.hasSuffix("_url") || key.hasSuffix("Url") || key.hasSuffix("URL") {
            return true
        }
        let begins = ["http://", "https://", "ws://", "wss://"].contains { text.hasPrefix($0) }
        return begins && !text.contains("\n")
    }
}
