// SPDX-License-Identifier: Apache-2.0

import Calls

/// What came of an order: it is on disk and in force.
package struct OverrideResult: Hashable, Sendable {
    /// What was done, such as `closed group amsterdam`.
    package let words: String
    /// The overrides that are in force since.
    package let begun: [Override]
    /// The overrides that are over since.
    package let ended: [Override]
    /// What the operator should know beside it, a sentence each, such as that a wider override counts first.
    package let caveats: [String]

    package init(words: String, begun: [Override], ended: [Override], caveats: [String] = []) {
        self.words = words
        self.begun = begun
        self.ended = ended
        self.caveats = caveats
    }

    /// The outcome with one more thing that the operator should know.
    package func adding(caveat: String) -> OverrideResult {
        OverrideResult(words: words, begun: begun, ended: ended, caveats: caveats + [caveat])
    }
}
