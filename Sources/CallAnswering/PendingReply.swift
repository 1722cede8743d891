// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import Rules
import Signatures

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
        case tools(Upstream, of: CallID, WebhookDigest)
    }
}

/// A reply that other servers had to be waited for, and the notice to send after it.
package struct FinishedReply: Sendable {
    package let reply: Reply
    package let notice: ForwardedNotice?

    var response: Response { notice.map { .forwarding(reply, $0) } ?? .ready(reply) }
}

/// What another server gets whose reply nobody waits for.
package struct ForwardedNotice: Sendable {
    let upstream: Upstream
    /// The type of the webhook, for people.
    let type: String
    let content: Content

    enum Content: Sendable {
        /// The raw bytes of a webhook.
        case webhook([UInt8])
        /// A call with its answer.
        case answered(Answered)
    }
}

extension ForwardedNotice.Content {
    /// About how many bytes are sent.
    var size: Int {
        switch self {
        case .webhook(let body): body.count
        case .answered(let answered): answered.body.count + answered.reply.count
        }
    }

    /// What is sent.
    ///
    /// An answered call is a document of ours, which the platform's signature does not cover, so it goes out
    /// without the platform's headers.
    func webhook(_ headers: [ForwardedWebhook.Header]) -> ForwardedWebhook {
        switch self {
        case .webhook(let body): return ForwardedWebhook(body: body, headers: headers)
        case .answered(let answered):
            var body = Array(#"{"request":"#.utf8)
            body.reserveCapacity(size + 100)
            body += answered.body
            body += Array(#","answer":"#.utf8)
            body += answered.reply
            body += Array(#","by":"#.utf8)
            body += JSONValue.string(answered.decision.by.description).bytes
            body += Array("}".utf8)
            return ForwardedWebhook(body: body, headers: [])
        }
    }
}

/// A webhook that was accepted: its bytes, and when they came.
struct Arrived: Sendable {
    /// The raw bytes.
    let body: [UInt8]
    let now: Instant
    /// The tick at which the first byte came.
    let startedAt: UInt64
    /// `nil` for an unsigned webhook, unless it is needed.
    let digest: WebhookDigest?
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
