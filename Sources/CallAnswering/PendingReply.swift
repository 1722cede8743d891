// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// What answering a webhook gives at once: the reply, or what has to be waited for.
package enum Response: Sendable {
    case ready(Reply)
    /// The reply, and a notice to send with ``AnswerService/send(_:headers:)`` after it.
    case forwarding(Reply, ForwardedNotice)
    /// Continue with ``AnswerService/finish(_:headers:)``, off the event loop.
    case waiting(PendingReply)
}

/// A reply that needs another server first.
package struct PendingReply: Sendable {
    let work: Work
    let arrived: Arrived

    /// What is missing.
    enum Work: Sendable {
        /// A call is decided but for one fact; the others are known as far as they were asked for.
        case answer(OpenCall, CallFacts, missing: AwaitedFact)
        /// The model called tools, which another server has.
        case tools(Upstream, of: CallID)
    }
}

/// A webhook to pass on to another server whose reply nobody waits for.
package struct ForwardedNotice: Sendable {
    let upstream: Upstream
    /// The type of the webhook, for people.
    let type: String
    /// The raw bytes of the webhook.
    let body: [UInt8]
}

/// A webhook that was accepted: its bytes, and when they came.
struct Arrived: Sendable {
    /// The raw bytes.
    let body: [UInt8]
    let now: Instant
    /// The tick at which the first byte came.
    let startedAt: UInt64
}

/// A call that is being answered.
struct OpenCall: Sendable {
    let call: AssistantRequest
    /// The id of its decision.
    let id: String
    /// What was in use when the call came; it decides to the end, so that the answer is of one version.
    let rules: CurrentRules.Snapshot
}

/// A fact of a call that is not in memory and needs another server.
enum AwaitedFact: Error, Equatable {
    case contact(of: PhoneNumber)
    case reply(of: Upstream)
}
