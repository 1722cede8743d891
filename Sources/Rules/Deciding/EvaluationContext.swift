// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What rules are asked about: a call, the line it came in on, the moment, and what was looked up.
///
/// It is behind one reference, since it is handed on to every rule and to the answer.
package final class EvaluationContext: Sendable {
    package let call: AssistantRequest
    let called: CalledLine
    package let now: Instant
    let facts: CallFacts
    /// Whether the call is decided already and only explained: what was not looked up then stays unknown.
    let isExplained: Bool

    init(call: AssistantRequest, called: CalledLine, now: Instant, facts: CallFacts, isExplained: Bool) {
        self.call = call
        self.called = called
        self.now = now
        self.facts = facts
        self.isExplained = isExplained
    }

    package var line: PhoneLine? { called.line }

    /// The clock that counts where an hours table has none of its own.
    package var zone: Zone { called.zone }
}
