// SPDX-License-Identifier: Apache-2.0

/// What a rule answers when it holds.
package enum RuleOutcome: Equatable, Sendable {
    /// An index into `RuleBook.answers`.
    case answer(Int)
    case split(Split)

    /// Every answer that it may give, as indices into `RuleBook.answers`.
    package var answers: [Int] {
        switch self {
        case .answer(let place): [place]
        case .split(let split): split.arms.map(\.answer)
        }
    }
}
