// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// Reads the numbers of lines, or facts of the line that must all match.
    mutating func readLineCondition(_ entry: YAMLNode.Entry) -> Condition? {
        guard let facts = entry.value.entries else {
            return readEach(entry) { $0.readLineNumber($1) }.map { .member(Line(), Set($0)) }
        }
        if facts.isEmpty {
            findings.error(
                .emptyValue, "`line` is empty; expected a number, or facts such as { plan: gold }",
                at: entry.value.position)
        }
        let tests = facts.compactMap { readLineFact($0) }
        guard tests.count == facts.count, let first = tests.first else { return nil }
        return tests.count == 1 ? first : .all(tests)
    }

    private mutating func readLineFact(_ entry: YAMLNode.Entry) -> Condition? {
        let name = entry.key.lowercased()
        if !texts.names.facts.contains(name) {
            findings.warning(
                .unknownFact,
                "no line has the fact `\(entry.key)`\(Suggestion.hint(for: name, among: texts.names.facts.sorted()))",
                at: entry.keyPosition)
        }
        guard entry.value.entries != nil else {
            let values = readEach(entry) { $0.readFactValue($1, of: name) }
            return values.map { .member(LineFact(name), .oneOf(Set($0))) }
        }
        return readComparison(entry).map { .member(LineFact(name), $0) }
    }

    /// Reads a value of a fact in lower case, and warns when no line has it.
    private mutating func readFactValue(_ node: YAMLNode, of name: String) -> String? {
        guard let value = readAttributeValue(node, of: name)?.lowercased() else { return nil }
        let known = Set(lines.compactMap { $0.facts[name]?.lowercased() })
        if !known.isEmpty, !known.contains(value) {
            findings.warning(
                .unknownFact,
                "no line has the fact `\(name)` with the value `\(value)`\(Suggestion.hint(for: value, among: known.sorted()))",
                at: node.position)
        }
        return value
    }
}
