// SPDX-License-Identifier: Apache-2.0

/// What a rule answers when it holds.
package enum RuleOutcome: Equatable, Sendable {
    /// An index into `RuleSet.answers`.
    case answer(Int)
    case split(Split)
}
