// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

/// Looks through the whole file for what is a slip wherever it stands: secrets, and texts that a comment cuts off.
struct RuleLinter {
    private(set) var findings: Diagnostics
    private let source: SourceLines

    /// Keys whose texts callers hear or models read.
    private static let spoken: Set<String> = [
        "greeting", "reject", "content", "message", "messages", "voicemail_message", "end_call_message",
        "final_message", "end_call_phrases",
    ]

    init(findings: Diagnostics, source: SourceLines) {
        self.findings = findings
        self.source = source
    }

    /// Looks at a node and all that is in it; `key` is the nearest one above it.
    mutating func search(_ node: YAMLNode, key: String = "") {
        switch node.content {
        case .sequence(let items): for item in items { search(item, key: key) }
        case .mapping(let entries):
            // What stands where the secrets of webhooks should is told by whoever reads them.
            for entry in entries where key != "server" || entry.key != "secrets" {
                search(entry.value, key: entry.key)
            }
        case .scalar(let text, let isPlain):
            checkSecret(node, text: text, key: key)
            if isPlain { checkRemark(node, key: key) }
        }
    }

    private mutating func checkSecret(_ node: YAMLNode, text: String, key: String) {
        guard !SecretDetector.isPlaceholder(text) else { return }
        let isNamed = SecretDetector.isKeyOfSecret(key) && node.mayBeSecret
        let isInRaw = key == "raw" && (JSONReader.read(Array(text.utf8))?.namesSecret ?? false)
        guard isNamed || isInRaw || SecretDetector.areIn(text) else { return }
        findings.warning(
            """
            what stands at `\(key)` looks like a secret, and whoever reads this file then has it; keep it at the \
            platform, and take it out here
            """, at: node.position, showsSource: false)
    }

    private mutating func checkRemark(_ node: YAMLNode, key: String) {
        guard let remark = source.remark(behind: node) else { return }
        // A name may well be `OverrideService #2`, while a comment begins with a space more often than not.
        let isNumber = key == "name" && remark.text.first?.isNumber == true
        guard Self.spoken.contains(key) || isNumber else { return }
        findings.warning(
            "everything behind # is a comment, so the text ends before it; put the text in quotes", at: remark.position)
    }
}

extension YAMLNode {
    /// Whether this is more than nothing, a truth value or a small number.
    fileprivate var mayBeSecret: Bool {
        switch YAMLScalar(self) {
        case .string: true
        case .number(let text): text.count > 5
        case .null, .bool, .notFinite, nil: false
        }
    }
}

extension JSONValue {
    /// Whether any key in it is one of a secret, with a text.
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
