// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule
import Latencies

/// What the log guards with its lock.
struct LogState: Sendable {
    private(set) var ring: CallRingBuffer
    var totals = Totals()
    private(set) var refusals: Deque<RefusedRequest> = []
    private var events: EventFeed
    var watchers: [@Sendable () -> Void] = []
    /// A call that was let go: the lock guards all of the log, but not the taking apart of what is no more in it.
    private var leaving: CallEntry?

    init(keep: Retention) {
        ring = CallRingBuffer(keep: keep)
        events = EventFeed(bytes: keep.bytes / 4)
    }

    /// The cursor behind the newest event.
    var cursor: UInt64 { events.cursor }

    func events(after cursor: UInt64, atMost most: Int) -> EventFeed.Batch { events.batch(after: cursor, atMost: most) }

    /// Changes a call or begins one; `change` gets the call of that id, if it is kept, and the place that a new one has.
    mutating func update(_ id: CallID, _ change: (CallEntry?, UInt64) -> CallEntry) -> CallEntry {
        let update = ring.update(id, change)
        if update.isNew {
            totals.calls += 1
            totals.perMinute.add(at: update.box.firstHeardAt)
        }
        totals.evicted += update.evicted.count
        leaving = update.evicted.last
        return update.box
    }

    /// Hands over the call that was let go last, to be taken apart.
    mutating func takeLeaving() -> CallEntry? { leaving.take() }

    mutating func count(_ answered: Answered) {
        totals.answered += 1
        totals.kindCounts.add(answered.decision.kind)
        totals.deciders[answered.decision.by, default: 0] += 1
        if answered.decision.by == .deadline { totals.late += 1 }
        totals.latency.record(microseconds: answered.microseconds)
        totals.lastAnswerAt = answered.receivedAt
    }

    mutating func countRepeat() {
        totals.answered += 1
        totals.repeats += 1
    }

    mutating func note(_ refused: RefusedRequest) {
        totals.refused[refused.refusal.code, default: 0] += 1
        if refused.refusal.isUnsigned { totals.unsigned += 1 }
        if refusals.count == RefusedRequest.mostKept { refusals.removeFirst() }
        refusals.append(refused)
        log(.other(.refused(refused)))
    }

    mutating func log(_ event: StoredEvent) {
        events.append(event)
    }
}
