// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// An attribute of contacts that a rules file names.
package struct ContactUse: Equatable, Sendable {
    /// As it is written.
    package let name: String
    package let position: SourcePosition
}

/// Where a rules file depends on contacts.
struct ContactUses {
    /// In the order of the file.
    private(set) var names: [ContactUse] = []
    /// Texts that callers hear, as far as they name attributes.
    private var spoken: [TextTemplate: [SourcePosition]] = [:]
    /// The rules in the order of the file.
    var rulePositions: [SourcePosition] = []

    /// Notes an attribute in a condition or a case.
    mutating func note(_ name: String, at position: SourcePosition) {
        names.append(ContactUse(name: name, position: position))
    }

    /// Notes the attributes that a text names.
    mutating func note(_ template: TextTemplate, at position: SourcePosition) {
        for hole in template.contactHoles { note(hole.name, at: position) }
    }

    /// Notes a text that callers hear.
    mutating func note(spoken template: TextTemplate, at position: SourcePosition) {
        if !template.contactHoles.isEmpty { spoken[template, default: []].append(position) }
    }

    /// Where a text that callers hear is written.
    func positions(of template: TextTemplate) -> [SourcePosition] { spoken[template] ?? [] }
}

extension TextTemplate {
    /// The attributes of contacts in the text, and whether each has a fallback.
    var contactHoles: [(name: String, hasFallback: Bool)] {
        pieces.compactMap { piece in
            guard case .hole(.contact(let name), let fallback) = piece else { return nil }
            return (name, fallback.contains { !$0.isWhitespace })
        }
    }
}

extension RulesFile {
    /// Warns of attributes that no source has; `names` are those of all sources, in any case.
    package func unknownAttributes(besides names: Set<String>, file: String) -> [Diagnostic] {
        let known = Set(names.map { Contact.key($0) })
        return contactUses.filter { !known.contains(Contact.key($0.name)) }.map { use in
            let hint = Suggestion.words(for: use.name, among: known.sorted())
            return Diagnostic(
                .warning, .unknownAttribute, file: file, at: use.position,
                "no contact source has an attribute `\(use.name)`\(hint)")
        }
    }
}
