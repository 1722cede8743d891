// SPDX-License-Identifier: Apache-2.0

/// One rule: a condition, and the answer for calls that meet it.
///
/// A class, since calls on all event loops ask it at once: a copy of a condition counts each list in it.
package final class Rule: Sendable {
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

extension Rule: Equatable {
    package static func == (left: Rule, right: Rule) -> Bool {
        left.name == right.name && left.condition == right.condition
            && left.bypassesClosures == right.bypassesClosures && left.outcome == right.outcome
    }
}

/// The answer of a rule.
package enum RuleOutcome: Equatable, Sendable {
    /// An index into `RuleSet.answers`.
    case answer(Int)
    case split(Split)
}
