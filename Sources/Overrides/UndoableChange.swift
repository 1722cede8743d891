// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One thing that an operator did, with all that is needed to take it back.
package struct UndoableChange: Hashable, Sendable {
    package let at: Instant
    package let who: Operator
    /// What was done, such as `closed group amsterdam`.
    package let words: String
    package let begun: [Override]
    package let ended: [Override]

    package init(at: Instant, who: Operator, words: String, begun: [Override], ended: [Override]) {
        self.at = at
        self.who = who
        self.words = words
        self.begun = begun
        self.ended = ended
    }

    /// Which lines feel it, each scope once.
    package var scopes: [Scope] { (begun + ended).map(\.scope).eachOnce }
}
