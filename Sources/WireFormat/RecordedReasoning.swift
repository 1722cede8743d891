// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The words and steps of a decision as another process told them.
package final class RecordedReasoning: Reasoning {
    private let words: String
    private let steps: [Step]
    private let lookups: [Step]

    package init(words: String, steps: [Step], lookups: [Step]) {
        self.words = words
        self.steps = steps
        self.lookups = lookups
    }

    package func words(of call: DecidedCall) -> String { words }

    package func steps(of call: DecidedCall) -> [Step] { steps }

    package func lookups(of call: DecidedCall) -> [Step] { lookups }
}
