// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    private static let later: Set<String> = ["country", "in", "language", "contact"]

    /// Reads who calls: a number, a prefix, the word `withheld`, or a list of these of which one must hold.
    mutating func readCallers(_ node: YAMLNode) -> Condition? {
        guard let items = node.items else { return readCaller(node) }
        guard hasItems(node, of: "`caller`") else { return nil }
        let conditions = items.compactMap { readCaller($0) }
        guard conditions.count == items.count else { return nil }
        return joined(conditions)
    }

    private mutating func readCaller(_ node: YAMLNode) -> Condition? {
        if node.scalarText == "withheld" { return .callerWithheld }
        guard node.entries != nil else { return readNumber(node).map { .callerIs([$0]) } }
        guard let fields = findings.fields(node, of: "`caller`", known: ["number", "prefix"], later: Self.later) else {
            return nil
        }
        switch (fields["number"], fields["prefix"]) {
        case (let numbers?, nil): return readNumbers(numbers)
        case (nil, let prefixes?): return readPrefixes(prefixes)
        case (_?, _?):
            findings.error(
                "`number` and `prefix` cannot stand together; write a list, of which one must hold", at: node.position)
            return nil
        case (nil, nil):
            if fields.entries.isEmpty { findings.error("`caller` needs `number` or `prefix`", at: node.position) }
            return nil
        }
    }

    private mutating func readNumbers(_ node: YAMLNode) -> Condition? {
        let numbers = node.oneOrMore.compactMap { readNumber($0) }
        guard numbers.count == node.oneOrMore.count, hasItems(node, of: "`number`") else { return nil }
        return .callerIs(Set(numbers))
    }

    private mutating func readPrefixes(_ node: YAMLNode) -> Condition? {
        let prefixes = node.oneOrMore.compactMap { readPrefix($0) }
        guard prefixes.count == node.oneOrMore.count, hasItems(node, of: "`prefix`") else { return nil }
        return .callerBegins(prefixes)
    }

    /// Joins single numbers into one set, so that a long list is one look-up.
    private func joined(_ conditions: [Condition]) -> Condition {
        var numbers: Set<PhoneNumber> = []
        var others: [Condition] = []
        for condition in conditions {
            if case .callerIs(let more) = condition { numbers.formUnion(more) } else { others.append(condition) }
        }
        let all = (numbers.isEmpty ? [] : [Condition.callerIs(numbers)]) + others
        return all.count == 1 ? all[0] : .any(all)
    }
}
