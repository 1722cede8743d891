// SPDX-License-Identifier: Apache-2.0

import Rules

extension RulesReader {
    /// Reads `split`, which divides the calls of a rule among arms.
    mutating func readSplit(_ node: YAMLNode) -> Split? {
        guard let fields = findings.fields(node, of: "`split`", known: ["by", "arms"]) else { return nil }
        let key = fields.required("by", of: "`split`", &findings).flatMap { readKey($0) }
        guard let list = fields.required("arms", of: "`split`", &findings) else { return nil }
        guard let items = list.items, items.count >= 2 else {
            findings.error("`arms` must be a list of two arms at least", at: list.position)
            return nil
        }
        var names: Set<String> = []
        let arms = items.compactMap { readArm($0, names: &names) }
        guard let key, arms.count == items.count else { return nil }
        guard arms.contains(where: { $0.weight > 0 }) else {
            findings.error("every arm has the weight 0, so no call has one", at: list.position)
            return nil
        }
        return Split(by: key, arms: arms)
    }

    private mutating func readKey(_ node: YAMLNode) -> Split.Key? {
        guard let text = findings.text(node, of: "`by`") else { return nil }
        if let key = Split.Key(rawValue: text) { return key }
        let hint = Suggestion.hint(for: text, among: Split.Key.allCases.map(\.rawValue))
        findings.error("`by` must be caller, call or line\(hint)", at: node.position)
        return nil
    }

    private mutating func readArm(_ node: YAMLNode, names: inout Set<String>) -> Split.Arm? {
        guard let fields = findings.fields(node, of: "an arm", known: ["name", "weight", "answer"]) else { return nil }
        let name = fields.required("name", of: "an arm", &findings).flatMap { findings.text($0, of: "`name`") }
        let weight = fields.required("weight", of: "an arm", &findings)
            .flatMap { findings.whole($0, of: "`weight`", in: 0...1_000_000) }
        let answer = fields.required("answer", of: "an arm", &findings).flatMap { readAnswer($0) }
        guard let name, let weight, let answer else { return nil }
        if !names.insert(name).inserted {
            findings.error("an arm above is named `\(name)` too; give each its own name", at: node.position)
        }
        return Split.Arm(name: name, weight: weight, answer: answer)
    }
}
