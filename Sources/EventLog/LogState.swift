// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule
import Latencies

/// What the log guards with its lock.
struct LogState: Sendable {
    private(set) var ring: CallRingBuffer
    var totals = Totals()
    private(set) var refusals: Deque<RefusedRequest> = []
    private(set) var deskEvents: Deque<DeskEvent> = []
    private var events: EventFeed
    var watchers: [@Sendable () -> Void] = []
    /// A call that was evicted: it is released after unlocking, since freeing it takes time.
    private var evicted: CallEntry?

    init(keep: Retention) {
        ring = CallRingBuffer(keep: keep)
        events = EventFeed(bytes: keep.bytes / 4)
    }

    /// The cursor after the newest event.
    var cursor: UInt64 { events.cursor }

    func events(after cursor: UInt64, atMost most: Int) -> EventFeed.Batch { events.batch(after: cursor, atMost: most) }

    /// Changes a call or begins one; see `CallRingBuffer.update`.
    mutating func update(_ id: CallID, _ change: (CallEntry?, UInt64) -> CallEntry) -> CallEntry {
        let update = ring.update(id, change)
        if update.isNew {
            totals.calls += 1
            totals.perMinute.add(at: update.entry.firstHeardAt)
        }
        totals.evicted += update.evicted.count
        evicted = update.evicted.last
        return update.entry
    }

    /// Hands over the call that was evicted last, to be released.
    mutating func takeEvicted() -> CallEntry? { evicted.take() }

    mutating func countRepeat() {
        totals.answered += 1
        totals.repeats += 1
    }

    mutating func note(_ refused: RefusedRequest) {
        totals.count(refused.refusal)
        if refusals.count == RefusedRequest.mostKept { refusals.removeFirst() }
        refusals.append(refused)
        log(.other(.refused(refused)))
    }

    mutating func note(_ event: DeskEvent) {
        restore([event])
        log(.other(.desk(event)))
    }

    mutating func restore(_ events: [DeskEvent]) {
        deskEvents.append(contentsOf: events)
        if deskEvents.count > DeskEvent.mostKept { deskEvents.removeFirst(deskEvents.count - DeskEvent.mostKept) }
    }

    mutating func log(_ event: StoredEvent) {
        events.append(event)
    }
}
