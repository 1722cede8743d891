// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// Which answer a call gets, and what decided it.
package struct Verdict: Equatable, Sendable {
    package let answer: Choice
    package let by: Decider

    /// Where the answer is found.
    package enum Choice: Equatable, Sendable {
        /// An index into `RuleSet.answers`.
        case file(Int)
        /// The operator's closing text.
        case closing(ActiveOverrides.Closing)
        /// The text for a caller whom an operator blocked.
        case blocked(says: String)
    }
}

/// Where deciding notes its steps; on the answering path nothing is noted and nothing is built.
protocol Trace {
    /// Whether the steps are read, so that rules that cannot hold are considered too.
    static var isRead: Bool { get }

    mutating func note(_ step: @autoclosure () throws(MissingFact) -> Step) throws(MissingFact)
}

/// Notes nothing.
struct NoTrace: Trace {
    static let isRead = false
    /// The compiler passes any address for an `inout` without a memory of its own, and ThreadSanitizer reads it.
    private var nothing = true

    mutating func note(_ step: @autoclosure () throws(MissingFact) -> Step) throws(MissingFact) {}
}

/// Keeps every step, for explanations.
struct StepTrace: Trace {
    static let isRead = true

    private(set) var steps: [Step] = []

    mutating func note(_ step: @autoclosure () throws(MissingFact) -> Step) throws(MissingFact) {
        steps.append(try step())
    }
}
