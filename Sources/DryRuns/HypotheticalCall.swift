// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A call that has not happened, with everything that deciding it may ask.
package struct HypotheticalCall: Equatable, Sendable {
    package let request: AssistantRequest
    package let at: Instant
    /// What the contact sources say.
    package let contact: ContactLookup
    package let earlier: EarlierCalls
    /// What the server says that the answer asks.
    package let reply: UpstreamReply

    package init(
        request: AssistantRequest, at: Instant, contact: ContactLookup, earlier: EarlierCalls,
        reply: UpstreamReply = .failed(.notAsked)
    ) {
        self.request = request
        self.at = at
        self.contact = contact
        self.earlier = earlier
        self.reply = reply
    }
}
