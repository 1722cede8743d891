// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import Synchronization

/// The servers that are asked for answers, and how each is doing; one that keeps failing is skipped for a while.
final class BackEnds: Sendable {
    private let client: any BackEndClient
    private let ticks: @Sendable () -> UInt64
    private let health = Mutex<[String: SourceHealth]>([:])

    init(client: any BackEndClient, ticks: @escaping @Sendable () -> UInt64) {
        self.client = client
        self.ticks = ticks
    }

    /// Asks a server, at most for its own timeout and for what is left of the budget.
    func report(of backEnd: BackEnd, on webhook: ForwardedWebhook, within budget: TimeBudget) async -> BackEndReport {
        let start = ticks()
        let reply = await reply(of: backEnd, on: webhook, for: min(backEnd.timeout, budget.left))
        return BackEndReport(reply: reply, milliseconds: Int((ticks() - start) / 1_000_000))
    }

    private func reply(of backEnd: BackEnd, on webhook: ForwardedWebhook, for time: Duration) async -> BackEndReply {
        guard time > .zero else { return .failed(.timedOut) }
        let mayAsk = health.withLock { $0[backEnd.url, default: SourceHealth()].mayAsk(at: ticks()) }
        guard mayAsk else { return .failed(.skipped) }
        let reply = await client.send(webhook, to: backEnd.url, within: time)
        // A server that got less than its own time, because others had taken it, is not to blame.
        if reply != .failed(.timedOut) || time == backEnd.timeout {
            let answered = if case .answered = reply { true } else { false }
            health.withLock { $0[backEnd.url, default: SourceHealth()].note(answered: answered, at: ticks()) }
        }
        return reply
    }
}
