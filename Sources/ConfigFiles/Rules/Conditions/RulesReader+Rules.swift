// SPDX-License-Identifier: Apache-2.0

import Rules

extension RulesReader {
    /// A rule, while it is read.
    struct RuleDraft {
        fileprivate var name: String?
        fileprivate var condition: Condition? = .always
        fileprivate var bypasses = false
        fileprivate var outcome: RuleOutcome?
    }

    /// The order matters: the name of a rule is the name of its hours.
    static let ruleKeys = KeyTable<RuleDraft>([
        "name": { reader, entry, rule in rule.name = reader.findings.text(entry.value, of: "`name`") },
        "when": { reader, entry, rule in
            rule.condition = reader.readCondition(entry.value, rule: rule.name ?? "")
        },
        "bypass_closures": { reader, entry, rule in
            rule.bypasses = reader.findings.flag(entry.value, of: "`bypass_closures`") ?? false
        },
        "answer": { reader, entry, rule in rule.outcome = reader.readAnswer(entry.value).map(RuleOutcome.answer) },
        "split": { reader, entry, rule in rule.outcome = reader.readSplit(entry.value).map(RuleOutcome.split) },
    ])

    /// Reads `rules`.
    mutating func readRules(_ node: YAMLNode) -> [Rule] {
        guard let items = node.items else {
            findings.error(
                .wrongType, "`rules` must be a list of mappings with `name` and `answer`, found \(node.kindInWords)",
                at: node.position)
            return []
        }
        var rules: [LocatedRule] = []
        var names: [String: Int] = [:]
        for item in items {
            guard let rule = readRule(item, names: &names) else { continue }
            rules.append(LocatedRule(rule: rule, position: item.position, answers: answers))
        }
        var implication = Implication(
            lines: lines, hours: hours, learnsFacts: rules.contains(where: \.givesFacts))
        for problem in LocatedRule.problems(in: rules, &implication) {
            findings.warning(problem.code, problem.message, at: problem.position)
        }
        contactUses.rulePositions = rules.map(\.position)
        return rules.map(\.rule)
    }

    private mutating func readRule(_ node: YAMLNode, names: inout [String: Int]) -> Rule? {
        guard let fields = fields(node, of: "a rule", Self.ruleKeys) else { return nil }
        var rule = RuleDraft()
        for name in Self.ruleKeys.names {
            if let entry = fields.entry(name) { read(entry, Self.ruleKeys, into: &rule) }
        }
        require("name", in: fields, of: "a rule")
        if let name = rule.name, let entry = fields.entry("name") {
            checkIsUnique(name, of: entry, among: &names)
        }
        if let split = fields.entry("split"), fields["answer"] != nil {
            findings.error(
                .conflictingKeys, "`split` cannot be combined with `answer`; give each arm its answer",
                at: split.keyPosition)
        } else if fields["split"] == nil {
            require("answer", in: fields, of: "a rule")
        }
        // A wrong answer does not matter for reachability; a rule without condition and answer is half written.
        let outcome = rule.outcome ?? (fields["when"] == nil ? nil : .answer(standard()))
        guard let name = rule.name, let condition = rule.condition, let outcome else { return nil }
        return Rule(name: name, condition: condition, bypassesClosures: rule.bypasses, outcome: outcome)
    }

    private mutating func checkIsUnique(_ name: String, of entry: YAMLNode.Entry, among names: inout [String: Int]) {
        if let line = names[name] {
            findings.error(.duplicateName, "line \(line) has a rule named `\(name)` too", at: entry.value.position)
        }
        names[name] = names[name] ?? entry.value.position.line
    }
}

extension RulesReader {
    /// A split, while it is read.
    struct SplitDraft {
        fileprivate var key: Split.Key?
        fileprivate var arms: [Split.Arm]?
    }

    static let splitKeys = KeyTable<SplitDraft>([
        "by": { reader, entry, split in split.key = reader.readSplitKey(entry.value) },
        "arms": { reader, entry, split in split.arms = reader.readArms(entry.value) },
    ])

    /// An arm of a split, while it is read.
    struct ArmDraft {
        fileprivate var name: String?
        fileprivate var weight: Int?
        fileprivate var answer: Int?
    }

    static let armKeys = KeyTable<ArmDraft>([
        "name": { reader, entry, arm in arm.name = reader.findings.text(entry.value, of: "`name`") },
        "weight": { reader, entry, arm in
            arm.weight = reader.findings.whole(entry.value, of: "`weight`", in: 0...1_000_000)
        },
        "answer": { reader, entry, arm in arm.answer = reader.readAnswer(entry.value) },
    ])

    /// Reads `split`, which divides the calls of a rule among arms.
    private mutating func readSplit(_ node: YAMLNode) -> Split? {
        var split = SplitDraft()
        guard let fields = read(node, of: "`split`", Self.splitKeys, into: &split) else { return nil }
        require("by", "arms", in: fields, of: "`split`")
        guard let key = split.key, let arms = split.arms else { return nil }
        return Split(by: key, arms: arms)
    }

    private mutating func readSplitKey(_ node: YAMLNode) -> Split.Key? {
        guard let text = findings.text(node, of: "`by`") else { return nil }
        if let key = Split.Key(rawValue: text) { return key }
        let hint = Suggestion.hint(for: text, among: Split.Key.allCases.map(\.rawValue))
        findings.error(.unknownWord, "`by` must be caller, call or line\(hint)", at: node.position)
        return nil
    }

    private mutating func readArms(_ node: YAMLNode) -> [Split.Arm]? {
        guard let items = node.items, items.count >= 2 else {
            findings.error(.wrongType, "`arms` must be a list of at least two arms", at: node.position)
            return nil
        }
        var names: Set<String> = []
        let arms = items.compactMap { readArm($0, names: &names) }
        guard arms.count == items.count else { return nil }
        if arms.contains(where: { $0.weight > 0 }) { return arms }
        findings.error(.noWeight, "all arms have weight 0, so none is ever chosen", at: node.position)
        return nil
    }

    private mutating func readArm(_ node: YAMLNode, names: inout Set<String>) -> Split.Arm? {
        var arm = ArmDraft()
        guard let fields = read(node, of: "an arm", Self.armKeys, into: &arm) else { return nil }
        require("name", "weight", "answer", in: fields, of: "an arm")
        guard let name = arm.name, let weight = arm.weight, let answer = arm.answer else { return nil }
        if !names.insert(name).inserted {
            findings.error(.duplicateName, "another arm is named `\(name)` too", at: node.position)
        }
        return Split.Arm(name: name, weight: weight, answer: answer)
    }
}
