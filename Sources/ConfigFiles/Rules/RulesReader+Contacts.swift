// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads `contacts`, the sources that know who calls.
    mutating func readContacts(_ node: YAMLNode) -> [ContactSource] {
        guard let items = node.items else {
            findings.error("`contacts` must be a list of sources, such as - csv: contacts.csv", at: node.position)
            return []
        }
        return items.compactMap { readSource($0) }
    }

    private mutating func readSource(_ node: YAMLNode) -> ContactSource? {
        guard let fields = findings.fields(node, of: "a contact source", known: ["csv"], later: ["sqlite", "http"]),
            let csv = fields["csv"], let path = findings.text(csv, of: "`csv`")
        else { return nil }
        if case .unreadable(let problem) = files(path) {
            findings.error("`\(path)` cannot be read: \(problem)", at: csv.position)
        }
        return .csv(path: path)
    }

    /// Reads what a rule asks of the contact: `known`, `unknown`, or tests of attributes that must all pass.
    mutating func readContact(_ node: YAMLNode) -> Condition? {
        if !hasContacts { findings.error("no `contacts` are set, so nobody is known", at: node.position) }
        switch node.scalarText {
        case "known": return .contactKnown(true)
        case "unknown": return .contactKnown(false)
        case .some, nil: break
        }
        guard let entries = findings.block(node, of: "`contact`") else { return nil }
        if entries.isEmpty {
            findings.error(
                "`contact` is empty; write known, unknown or attributes, such as { tier: vip }", at: node.position)
        }
        let tests = entries.compactMap { readAttribute($0) }
        guard tests.count == entries.count, let first = tests.first else { return nil }
        return tests.count == 1 ? first : .all(tests)
    }

    private mutating func readAttribute(_ entry: YAMLNode.Entry) -> Condition? {
        if entry.value.entries != nil {
            guard let fields = findings.fields(entry.value, of: "`\(entry.key)`", known: ["present"]) else {
                return nil
            }
            return fields.required("present", of: "`\(entry.key)`", &findings)
                .flatMap { findings.flag($0, of: "`present`") }
                .map { .contact(attribute: entry.key, .isPresent($0)) }
        }
        return readEach(entry.value, of: "`\(entry.key)`") { $0.findings.text($1, of: "`\(entry.key)`") }
            .map { values in .contact(attribute: entry.key, .oneOf(Set(values.map { $0.lowercased() }))) }
    }
}
