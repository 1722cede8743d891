// SPDX-License-Identifier: Apache-2.0

import JSON
package import Calls

/// How a case went.
package struct CaseResult: Sendable {
    package let ruleCase: RuleCase
    /// Who decided.
    package let by: Decider
    /// What differs from what the case expects, a line each; empty for one that holds.
    package let differences: [String]

    /// Compares a case with what its call gets.
    package init(_ ruleCase: RuleCase, in rehearsal: DryRun) {
        let explanation = rehearsal.explain(ruleCase.call)
        self.ruleCase = ruleCase
        by = explanation.by
        var differences: [String] = []
        if let expected = ruleCase.by, expected != explanation.by.description {
            differences += ["- by: \(expected)", "+ by: \(explanation.by)"]
        }
        if let expected = ruleCase.answer {
            let answer = JSONReader.read(explanation.answer)?.untagged
            if answer?.sorted != expected.untagged.sorted {
                let words = answer?.text ?? String(decoding: explanation.answer, as: UTF8.self)
                differences += ["- answer: \(expected.text)", "+ answer: \(words)"]
            }
        }
        self.differences = differences
    }

    /// Returns the rules that no case reached.
    package static func unreached(_ rules: [String], by results: [CaseResult]) -> [String] {
        let reached = Set(
            results.compactMap { result in
                switch result.by {
                case .rule(let name), .arm(_, ofRule: let name): name
                case .override, .hours, .unknownLine, .otherwise, .deadline: nil as String?
                }
            })
        return rules.filter { !reached.contains($0) }
    }
}
