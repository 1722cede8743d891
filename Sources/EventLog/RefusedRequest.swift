// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A request that was turned away; only the newest few are kept, so that a flood of them costs nothing.
package struct RefusedRequest: Hashable, Sendable {
    /// How many are kept to be looked at.
    package static let mostKept = 64

    package let at: Instant
    package let refusal: Refusal
    /// The other end, such as `127.0.0.1`.
    package let peer: String

    package init(at: Instant, refusal: Refusal, peer: String) {
        self.at = at
        self.refusal = refusal
        self.peer = peer
    }
}
