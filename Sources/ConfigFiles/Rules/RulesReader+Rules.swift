// SPDX-License-Identifier: Apache-2.0

import Rules

extension RulesReader {
    private static let keys = ["name", "when", "bypass_closures", "answer", "split"]

    /// Reads `rules`.
    mutating func readRules(_ node: YAMLNode) -> [Rule] {
        guard let items = node.items else {
            findings.error(
                "`rules` must be a list, each rule with a dash, a `name` and an `answer`", at: node.position)
            return []
        }
        var placed: [LocatedRule] = []
        var names: [String: Int] = [:]
        for item in items {
            guard let rule = readRule(item, names: &names) else { continue }
            placed.append(LocatedRule(rule: rule, position: item.position))
        }
        checkReach(of: placed)
        return placed.map(\.rule)
    }

    /// Warns of rules that no call can ever reach.
    private mutating func checkReach(of rules: [LocatedRule]) {
        var implication = Implication(lines: lines, hours: hours)
        var possible: [LocatedRule] = []
        for placed in rules {
            guard implication.neverHolds(placed.rule.condition) else {
                possible.append(placed)
                continue
            }
            findings.warning(
                """
                the rule `\(placed.rule.name)` never holds: parts of its `when` exclude each other; write `any` where \
                one of them is enough
                """, at: placed.position)
        }
        for shadow in LocatedRule.shadowed(in: possible, &implication) {
            findings.warning(shadow.words, at: shadow.rule.position)
        }
    }

    private mutating func readRule(_ node: YAMLNode, names: inout [String: Int]) -> Rule? {
        guard let fields = findings.fields(node, of: "a rule", known: Self.keys) else {
            return nil
        }
        let name = fields.required("name", of: "a rule", &findings).flatMap { readRuleName($0, names: &names) }
        let condition =
            if let when = fields["when"] { readCondition(when, rule: name ?? "") } else {
                Condition.always as Condition?
            }
        let bypasses = fields["bypass_closures"].flatMap { findings.flag($0, of: "`bypass_closures`") } ?? false
        // A wrong answer takes nothing from what can be told of the condition; without one, the rule is half written.
        let outcome = readOutcome(fields) ?? (fields["when"] == nil ? nil : .answer(standard()))
        guard let name, let condition, let outcome else { return nil }
        return Rule(name: name, condition: condition, bypassesClosures: bypasses, outcome: outcome)
    }

    private mutating func readOutcome(_ fields: MappingReader) -> RuleOutcome? {
        guard let split = fields.entry("split") else {
            return fields.required("answer", of: "a rule", &findings).flatMap { readAnswer($0) }.map(RuleOutcome.answer)
        }
        if fields["answer"] != nil {
            findings.error("`split` and `answer` cannot stand together; each arm has an answer", at: split.keyPosition)
        }
        return readSplit(split.value).map(RuleOutcome.split)
    }

    private mutating func readRuleName(_ node: YAMLNode, names: inout [String: Int]) -> String? {
        guard let name = findings.text(node, of: "`name`") else { return nil }
        if let line = names[name] {
            findings.error(
                "the rule in line \(line) is named `\(name)` too; give each its own name", at: node.position)
        }
        names[name] = names[name] ?? node.position.line
        return name
    }
}
