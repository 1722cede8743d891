// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
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
    private var missing: Set<MissingFallback> = []
    /// The rules in the order of the file.
    var rulePositions: [SourcePosition] = []

    /// Notes an attribute in a condition or a case.
    mutating func note(_ name: String, at position: SourcePosition) {
        names.append(ContactUse(name: name, position: position))
    }

    /// Notes the attributes that a text names.
    mutating func note(_ template: TextTemplate, at position: SourcePosition) {
        // What follows a colon and is not a filter has a finding of its own.
        for hole in template.contactHoles where !hole.name.contains(":") { note(hole.name, at: position) }
    }

    /// Notes a text that callers hear.
    mutating func note(spoken template: TextTemplate, at position: SourcePosition) {
        if !template.contactHoles.isEmpty { spoken[template, default: []].append(position) }
    }

    /// Notes an attribute without which a text lacks words.
    mutating func noteMissingFallback(of name: String, in template: TextTemplate) {
        for position in spoken[template] ?? [] {
            missing.insert(MissingFallback(name: name, position: position))
        }
    }

    /// Placeholders that are empty for some callers, in the order of the file.
    var missingFallbacks: [MissingFallback] {
        missing.sorted { ($0.position, $0.name) < ($1.position, $1.name) }
    }

    /// A placeholder without a fallback in a text that callers hear.
    struct MissingFallback: Hashable {
        let name: String
        let position: SourcePosition
    }
}

extension TextTemplate {
    /// The attributes of contacts in the text, and whether each has a fallback; one may be empty on purpose.
    var contactHoles: [(name: String, hasFallback: Bool)] {
        holes.compactMap { hole in
            guard case .contact(let name) = hole.placeholder else { return nil }
            return (name, hole.writtenFallback != nil)
        }
    }
}

extension RulesFile {
    /// Warns of attributes that no source has; `names` are those of all sources, in any case.
    package func unknownAttributes(besides names: Set<String>) -> [Diagnostic] {
        let known = Set(names.map { Contact.key($0) })
        let sorted = known.sorted()
        let all = sorted.isEmpty ? "it has none" : "expected \(sorted.map { "`\($0)`" }.shortList)"
        return contactUses.filter { !known.contains(Contact.key($0.name)) }.map { use in
            let hint = Suggestion.hint(for: use.name, among: sorted)
            return Diagnostic(
                .warning, .unknownAttribute, file: files[use.position.file], at: use.position,
                "no contact source has an attribute `\(use.name)`\(hint.isEmpty ? "; \(all)" : hint)")
        }
    }
}
