// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// A reply for which another server has to be waited for.
package struct PendingReply: Sendable {
    let work: Work
    let arrived: Arrived

    /// What is to be done.
    enum Work: Sendable {
        /// A call is decided, but for a fact; the others are those that are known so far.
        case answer(OpenCall, CallFacts, missing: AwaitedFact)
        /// The model called tools, and another server has them.
        case tools(Upstream, of: CallID)
    }
}
