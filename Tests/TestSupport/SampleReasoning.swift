// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Tells the words and steps that it was given, whatever is asked.
package final class SampleReasoning: Reasoning {
    private let words: String
    private let steps: [Step]
    package let contact: ContactLookup?

    package init(words: String, steps: [Step] = SampleReasoning.usual, contact: ContactLookup? = nil) {
        self.contact = contact
        self.words = words
        self.steps = steps
    }

    package func words(of call: DecidedCall) -> String { words }

    package func steps(of call: DecidedCall) -> [Step] { steps }

    package func lookups(of call: DecidedCall) -> [Step] { [] }

    package static let usual = [
        Step(what: "rule my own phone", held: false, why: "the caller is not +31655501234"),
        Step(what: "override all", held: false, why: "none in force"),
        Step(what: "hours office", held: true, why: "Wednesday 14:02 is within 13:00-17:30, so the line is open"),
        Step(what: "rule blocked", held: false, why: "the caller is not in the list"),
        Step(what: "rule vip", held: true, why: "the caller begins with +316"),
    ]
}
