// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The steps of a decision as another process told them.
package final class RecordedReasoning: Reasoning {
    private let steps: [Step]
    private let lookups: [Step]

    package init(steps: [Step], lookups: [Step]) {
        self.steps = steps
        self.lookups = lookups
    }

    package func steps(for request: AssistantRequest, at now: Instant) -> [Step] { steps }

    package func lookups(for request: AssistantRequest, at now: Instant) -> [Step] { lookups }
}
