// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import Synchronization

/// Asks other servers for answers, and skips a server for a while after repeated failures.
final class Upstreams: Sendable {
    private let client: any UpstreamClient
    private let ticks: @Sendable () -> UInt64
    private let health = Mutex<[String: CircuitBreaker]>([:])

    init(client: any UpstreamClient, ticks: @escaping @Sendable () -> UInt64) {
        self.client = client
        self.ticks = ticks
    }

    /// Asks a server, at most for its own timeout and for what is left of the budget.
    func report(of upstream: Upstream, on webhook: ForwardedWebhook, within budget: Deadline) async -> UpstreamReport {
        let start = ticks()
        let reply = await reply(of: upstream, on: webhook, for: min(upstream.timeout, budget.left))
        return UpstreamReport(reply: reply, milliseconds: Int((ticks() - start) / 1_000_000))
    }

    private func reply(of upstream: Upstream, on webhook: ForwardedWebhook, for time: Duration) async -> UpstreamReply {
        guard time > .zero else { return .failed(.timedOut) }
        let mayAsk = health.withLock { $0[upstream.url, default: CircuitBreaker()].mayAsk(at: ticks()) }
        guard mayAsk else { return .failed(.skipped) }
        let reply =
            await withTimeLimit(time + Self.grace) { [client] in
                await client.send(webhook, to: upstream.url, within: time)
            } ?? .failed(.timedOut)
        if let answered = Self.verdict(reply, granted: time, of: upstream) {
            health.withLock { $0[upstream.url, default: CircuitBreaker()].note(answered: answered, at: ticks()) }
        }
        return reply
    }

    /// How much longer than its own limit the client may take before its result is no longer waited for.
    private static let grace = Duration.milliseconds(20)

    /// Whether the server did its work; `nil` if the reply says nothing about that.
    private static func verdict(_ reply: UpstreamReply, granted: Duration, of upstream: Upstream) -> Bool? {
        switch reply {
        case .answered, .noContent: true
        // Other servers had used up part of its time.
        case .failed(.timedOut) where granted < upstream.timeout * 9 / 10: nil
        case .failed(.busy), .failed(.exhausted), .failed(.skipped), .failed(.notAsked): nil
        case .failed(.timedOut), .failed(.unreachable), .failed(.status), .failed(.notJSON), .failed(.tooLarge): false
        }
    }
}
