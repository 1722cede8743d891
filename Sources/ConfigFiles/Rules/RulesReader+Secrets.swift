// SPDX-License-Identifier: Apache-2.0

extension RulesReader {
    /// Reads where the secrets are; no message and no source line ever shows what stands in their place.
    mutating func readSecrets(_ node: YAMLNode) -> [SecretSource] {
        node.oneOrMore.compactMap { readSecret($0) }
    }

    private mutating func readSecret(_ node: YAMLNode) -> SecretSource? {
        guard node.entries != nil else {
            findings.error(
                "a secret does not belong in this file; write env: NAME of a variable or file: PATH that holds it",
                at: node.position, showsSource: false)
            return nil
        }
        guard let fields = findings.fields(node, of: "a secret", known: ["env", "file"]) else { return nil }
        switch (fields["env"], fields["file"]) {
        case (let node?, nil):
            return readVariable(node)
        case (nil, let node?):
            return findings.text(node, of: "`file`").map(SecretSource.file)
        case (nil, nil), (_?, _?):
            findings.error("a secret needs one of `env` and `file`", at: node.position, showsSource: false)
            return nil
        }
    }

    private mutating func readVariable(_ node: YAMLNode) -> SecretSource? {
        guard let name = node.scalarText, isVariableName(name) else {
            findings.error(
                "`env` must be the name of an environment variable, such as SWITCHBOARD_WEBHOOK_SECRET, not the secret",
                at: node.position, showsSource: false)
            return nil
        }
        return .environment(name)
    }

    private func isVariableName(_ text: String) -> Bool {
        guard let first = text.first, first == "_" || first.isLetter else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
