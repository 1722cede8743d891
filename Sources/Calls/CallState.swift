// SPDX-License-Identifier: Apache-2.0

/// Where a call stands, told from its webhooks.
package enum CallState: Hashable, Sendable {
    /// Answered by us, no news of it yet.
    case ringing
    case live(since: Instant)
    /// Over; the length in seconds where it is known.
    case ended(seconds: Int?)
    /// Over with an error of the platform.
    case failed(reason: String?)
    /// We refused it; the platform tells no more of such a call (contract, section 7).
    case rejected
    /// A word of the platform that we do not know, such as `transferred`.
    case other(CallStatus)

    /// Whether the call may still be going on.
    package var isOpen: Bool {
        switch self {
        case .ringing, .live, .other: true
        case .ended, .failed, .rejected: false
        }
    }

    /// The word for it.
    package var word: String {
        switch self {
        case .ringing: "ringing"
        case .live: "live"
        case .ended: "ended"
        case .failed: "failed"
        case .rejected: "rejected"
        case .other(let status): status.text
        }
    }
}
