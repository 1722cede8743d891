// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Synchronization

/// Forwards webhooks to other servers after the reply to the platform.
///
/// The queue is bounded: above the bound the newest webhook is dropped and the log reports it.
package final class Forwarder: Sendable {
    /// One webhook to deliver.
    private struct Delivery: Sendable {
        let notice: ForwardedNotice
        let headers: [ForwardedWebhook.Header]
    }

    /// The most webhooks in the queue.
    package static let mostWaiting = 1000
    /// The most bytes of bodies, queued and in delivery: 32 MiB; a single body is always accepted.
    package static let mostBytes = 32 << 20
    /// How many are delivered at once.
    private static let mostAtOnce = 8

    private let upstreams: Upstreams
    private let log: EventLog
    private let clock: WallClock
    private let deliveries: AsyncStream<Delivery>
    private let waiting: AsyncStream<Delivery>.Continuation
    private let waitingBytes = Atomic(0)
    /// How many are queued or in delivery.
    private let undelivered = Atomic(0)
    /// Ends when the server stops.
    private let running: AsyncStream<Never>
    private let end: AsyncStream<Never>.Continuation
    /// How long deliveries may go on once the server stops: a server that does not answer must not hold up the stop.
    private let patience: Duration

    init(upstreams: Upstreams, log: EventLog, clock: WallClock, patience: Duration) {
        self.patience = patience
        (running, end) = AsyncStream.makeStream()
        self.upstreams = upstreams
        self.log = log
        self.clock = clock
        (deliveries, waiting) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    }

    /// Queues a webhook and returns at once.
    func send(_ notice: ForwardedNotice, headers: [ForwardedWebhook.Header]) {
        let delivery = Delivery(notice: notice, headers: headers)
        let size = notice.content.size
        let bytes = waitingBytes.add(size, ordering: .relaxed)
        undelivered.add(1, ordering: .relaxed)
        if bytes.oldValue == 0 || bytes.newValue <= Self.mostBytes, case .enqueued = waiting.yield(delivery) { return }
        undelivered.subtract(1, ordering: .relaxed)
        waitingBytes.subtract(size, ordering: .relaxed)
        report("\(notice.type) was not sent to \(notice.upstream.name): the queue is full")
    }

    /// Delivers until ``stop()``, then for a moment what is still queued.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.deliverAll() }
            group.addTask { [running, patience] in
                for await _ in running {}
                do { try await Task.sleep(for: patience) } catch { return }
            }
            await group.next()
            group.cancelAll()
        }
        let left = undelivered.load(ordering: .relaxed)
        guard left > 0 else { return }
        report("\(CountText.words(left, "webhook")) to forward had not been accepted when the server stopped")
    }

    private func deliverAll() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<Self.mostAtOnce {
                group.addTask { [self] in
                    for await delivery in deliveries {
                        // Those that are still queued when time is up are counted, not tried.
                        guard !Task.isCancelled else { break }
                        await deliver(delivery)
                        guard !Task.isCancelled else { break }
                        undelivered.subtract(1, ordering: .relaxed)
                        waitingBytes.subtract(delivery.notice.content.size, ordering: .relaxed)
                    }
                }
            }
        }
    }

    /// Accepts no more webhooks.
    package func stop() {
        waiting.finish()
        end.finish()
    }

    private func deliver(_ delivery: Delivery) async {
        let (notice, ticks) = (delivery.notice, clock.ticks)
        let upstream = notice.upstream
        let budget = Deadline(until: ticks() + upstream.timeout.nanoseconds, ticks: ticks)
        let report = await upstreams.report(
            of: upstream, on: notice.content.webhook(delivery.headers), within: budget)
        if Task.isCancelled { return }
        switch report.reply {
        // Its reply is ignored as long as it accepted the webhook.
        case .answered, .noContent, .failed(.notJSON): break
        case .failed: self.report("\(notice.type) was not accepted by \(upstream.name): it \(report)")
        }
    }

    private func report(_ words: String) {
        log.record(DeskEvent(at: clock.now(), words: words))
    }
}
