// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// Other servers that a test writes the replies of; without one they cannot be reached.
package final class ScriptedUpstreams: UpstreamClient {
    /// What was sent, in order.
    package struct Sent: Equatable, Sendable {
        package let webhook: ForwardedWebhook
        package let url: String
        package let time: Duration
    }

    private let replies: Mutex<[UpstreamReply]>
    private let sent = Mutex<[Sent]>([])
    private let whileAsked: @Sendable () async -> Void

    /// Creates servers that reply in turn, the last reply again and again; `whileAsked` runs before each reply.
    package init(_ replies: UpstreamReply..., whileAsked: @escaping @Sendable () async -> Void = {}) {
        self.replies = Mutex(replies)
        self.whileAsked = whileAsked
    }

    /// Everything that was sent until now.
    package var requests: [Sent] { sent.withLock { $0 } }

    package func send(_ webhook: ForwardedWebhook, to url: String, within time: Duration) async -> UpstreamReply {
        sent.withLock { $0.append(Sent(webhook: webhook, url: url, time: time)) }
        await whileAsked()
        return replies.withLock { replies in
            guard let first = replies.first else { return .failed(.unreachable("no connection")) }
            if replies.count > 1 { replies.removeFirst() }
            return first
        }
    }
}

extension UpstreamReply {
    /// An answer with this JSON.
    package static func json(_ text: String) -> UpstreamReply { .answered(Array(text.utf8)) }
}
