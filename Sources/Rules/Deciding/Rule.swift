// SPDX-License-Identifier: Apache-2.0

/// One rule: a condition, and the answer for calls for which it holds.
package struct Rule: Equatable, Sendable {
    package let name: String
    package let condition: Condition
    /// Whether the rule is asked before overrides and hours.
    package let bypassesClosures: Bool
    /// An index into `RuleBook.answers`.
    package let answer: Int

    package init(name: String, condition: Condition, bypassesClosures: Bool, answer: Int) {
        self.name = name
        self.condition = condition
        self.bypassesClosures = bypassesClosures
        self.answer = answer
    }
}
