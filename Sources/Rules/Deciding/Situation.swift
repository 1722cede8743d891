// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What rules are asked about: a call, the line it came in on, the moment, and what was looked up.
package struct Situation: Sendable {
    package let call: AssistantRequest
    package let line: Line?
    package let now: Instant
    /// The clock that counts where an hours table has none of its own: the line's, else the file's.
    package let zone: Zone
    let facts: CallFacts
    /// Whether the call is decided already and only explained: what was not looked up then stays unknown.
    let isExplained: Bool
}
