// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Synchronization

/// Tells other servers what happened, behind the reply to the platform.
///
/// What waits is bounded: past the bound the newest is dropped, and that is said.
package final class Forwarder: Sendable {
    /// One webhook on its way.
    private struct Delivery: Sendable {
        let webhook: ForwardedWebhook
        let upstream: Upstream
        let type: String
    }

    /// How many webhooks wait at most.
    package static let mostWaiting = 1000
    /// How many bytes of bodies wait or are on their way at most, 32 MiB; one body always may.
    package static let mostBytes = 32 << 20
    /// How many are on their way at once.
    private static let mostAtOnce = 8

    private let upstreams: Upstreams
    private let log: EventLog
    private let clock: WallClock
    private let deliveries: AsyncStream<Delivery>
    private let waiting: AsyncStream<Delivery>.Continuation
    private let waitingBytes = Atomic(0)

    init(upstreams: Upstreams, log: EventLog, clock: WallClock) {
        self.upstreams = upstreams
        self.log = log
        self.clock = clock
        (deliveries, waiting) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    }

    /// Takes a webhook over; nobody waits for it.
    func send(_ webhook: ForwardedWebhook, type: String, to upstream: Upstream) {
        let delivery = Delivery(webhook: webhook, upstream: upstream, type: type)
        let bytes = waitingBytes.add(webhook.body.count, ordering: .relaxed)
        if bytes.oldValue == 0 || bytes.newValue <= Self.mostBytes, case .enqueued = waiting.yield(delivery) { return }
        waitingBytes.subtract(webhook.body.count, ordering: .relaxed)
        tell("\(type) was not sent to \(upstream.name): too much waits already")
    }

    /// Sends what is taken over until ``stop()``; then what still waits.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<Self.mostAtOnce {
                group.addTask { [self] in
                    for await delivery in deliveries {
                        await deliver(delivery)
                        waitingBytes.subtract(delivery.webhook.body.count, ordering: .relaxed)
                    }
                }
            }
        }
    }

    /// Takes nothing over any more.
    package func stop() {
        waiting.finish()
    }

    private func deliver(_ delivery: Delivery) async {
        let (upstream, ticks) = (delivery.upstream, clock.ticks)
        let budget = Deadline(until: ticks() + upstream.timeout.nanoseconds, ticks: ticks)
        let report = await upstreams.report(of: upstream, on: delivery.webhook, within: budget)
        switch report.reply {
        // What it says to a notice counts for nothing, if it took it.
        case .answered, .failed(.notJSON): break
        case .failed: tell("\(delivery.type) was not taken by \(upstream.name): it \(report)")
        }
    }

    private func tell(_ words: String) {
        log.recordDesk(words, at: clock.now())
    }
}
