// SPDX-License-Identifier: Apache-2.0

import Rules

extension RulesReader {
    /// Reads a text that a caller hears, so one that can never be empty.
    mutating func readSpokenText(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let template = readTemplate(node, of: what) else { return nil }
        if template.mayBeEmpty {
            findings.error(
                """
                \(what) may be empty when the call lacks this value; add words, or a fallback as in \
                {{caller.number|there}}
                """,
                at: node.position)
        }
        return template
    }

    /// Reads a text with holes.
    mutating func readTemplate(_ node: YAMLNode, of what: String) -> TextTemplate? {
        guard let text = findings.text(node, of: what) else { return nil }
        checkPlaceholders(in: text, at: node.position)
        return TextTemplate(parsing: text)
    }

    /// Returns the names inside `{{...}}`, without their fallbacks.
    private func placeholderNames(in text: String) -> [String] {
        text.split(separator: "{{").dropFirst(text.hasPrefix("{{") ? 0 : 1).compactMap { part in
            guard let end = part.firstRange(of: "}}") else { return nil }
            let name = part[..<end.lowerBound].split(separator: "|", omittingEmptySubsequences: false).first
            return name.map { String($0.filter { !$0.isWhitespace }) }
        }
    }

    /// Reports holes that nothing fills, and those that look like a slip.
    private mutating func checkPlaceholders(in text: String, at position: SourcePosition) {
        for name in placeholderNames(in: text) {
            if case .contact? = Placeholder(name: name), !hasContacts {
                findings.error("`{{\(name)}}` needs `contacts`, and none are set", at: position)
            }
            guard Placeholder(name: name) == nil else { continue }
            if let meant = Suggestion.nearest(to: name, among: Placeholder.names) {
                findings.warning("`{{\(name)}}` passes through as it is; did you mean `{{\(meant)}}`?", at: position)
            }
        }
    }
}
