// SPDX-License-Identifier: Apache-2.0

/// One rule: a condition, and the answer for calls that meet it.
package struct Rule: Equatable, Sendable {
    package let name: String
    package let condition: Condition
    /// Whether the rule is asked before overrides and hours.
    package let bypassesClosures: Bool
    package let outcome: RuleOutcome

    package init(name: String, condition: Condition, bypassesClosures: Bool, outcome: RuleOutcome) {
        self.name = name
        self.condition = condition
        self.bypassesClosures = bypassesClosures
        self.outcome = outcome
    }
}

/// The answer of a rule.
package enum RuleOutcome: Equatable, Sendable {
    /// An index into `RuleSet.answers`.
    case answer(Int)
    case split(Split)
}
