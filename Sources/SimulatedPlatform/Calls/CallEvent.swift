// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One webhook of a call's life.
package enum CallEvent: Hashable, Sendable {
    case assistantRequest
    case inProgress
    case toolCalls(name: String)
    case ended(reason: String)
    case endedWithError(String)
    case report(CallLength)

    /// The `message.type`, which is the `X-Webhook-Event` too.
    package var type: String {
        switch self {
        case .assistantRequest: "assistant-request"
        case .inProgress, .ended, .endedWithError: "status-update"
        case .toolCalls: "tool-calls"
        case .report: "end-of-call-report"
        }
    }

    /// The `call.status` that goes with it.
    var status: String {
        switch self {
        case .assistantRequest: "ringing"
        case .inProgress, .toolCalls: "in-progress"
        case .ended, .report: "ended"
        case .endedWithError: "ended-with-error"
        }
    }

    /// When a call was picked up, when it ended, and why.
    package struct CallLength: Hashable, Sendable {
        package let startedAt: Instant
        package let endedAt: Instant
        package let endReason: String

        package init(startedAt: Instant, endedAt: Instant, endReason: String) {
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.endReason = endReason
        }

        /// Whole seconds, rounded to the nearest.
        package var seconds: Int64 { (endedAt.microseconds(since: startedAt) + 500_000) / 1_000_000 }
    }
}
