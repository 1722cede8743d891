// SPDX-License-Identifier: Apache-2.0

/// What answering a webhook gives at once: the reply, or what has to be waited for.
package enum Response: Sendable {
    case ready(Reply)
    /// The reply, and what another server is to be told behind it with ``AnswerService/tell(_:headers:)``.
    case telling(Reply, ForwardedNotice)
    /// Goes on with ``AnswerService/finish(_:headers:)``, away from the event loop.
    case waiting(PendingReply)
}
