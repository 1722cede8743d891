// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One webhook of a call, as the timeline shows it.
package struct TimelineEntry: Sendable {
    package let at: Instant
    package let event: Webhook.Event
    /// The webhook was a repetition of an assistant-request and got the same answer again.
    package let isRepeat: Bool
    /// What this webhook told of our answer.
    package let confirmation: Confirmation
    /// The webhook as it came, byte for byte.
    package let body: [UInt8]

    package init(at: Instant, event: Webhook.Event, isRepeat: Bool, confirmation: Confirmation, body: [UInt8]) {
        self.at = at
        self.event = event
        self.isRepeat = isRepeat
        self.confirmation = confirmation
        self.body = body
    }
}
