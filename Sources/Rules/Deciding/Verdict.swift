// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Which answer a call gets, and who says so.
package struct Verdict: Equatable, Sendable {
    package let answer: Choice
    package let by: Decider

    /// Where the answer is found.
    package enum Choice: Equatable, Sendable {
        /// An index into `RuleSet.answers`.
        case file(Int)
        /// The operator's closing text; an index into `ActiveOverrides.closures`.
        case closing(Int)
    }
}
