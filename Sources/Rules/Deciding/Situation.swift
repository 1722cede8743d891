// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What rules are asked about: a call, the line it came in on, the moment, and what was looked up.
///
/// It is behind one reference, since it is handed on to every rule and to the answer.
package final class Situation: Sendable {
    package let call: AssistantRequest
    package let line: Line?
    package let now: Instant
    /// The clock that counts where an hours table has none of its own: the line's, else the file's.
    package let zone: Zone
    let facts: CallFacts
    /// Whether the call is decided already and only explained: what was not looked up then stays unknown.
    let isExplained: Bool

    init(call: AssistantRequest, line: Line?, now: Instant, zone: Zone, facts: CallFacts, isExplained: Bool) {
        self.call = call
        self.line = line
        self.now = now
        self.zone = zone
        self.facts = facts
        self.isExplained = isExplained
    }
}
