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

    package func words(for request: AssistantRequest, at now: Instant) -> String { words }

    package func steps(for request: AssistantRequest, at now: Instant) -> [Step] { steps }

    package func lookups(for request: AssistantRequest, at now: Instant) -> [Step] { lookups }
}
