// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule
import Latencies

/// What the log guards with its lock.
struct LogState: Sendable {
    private(set) var ring: CallRing
    var totals = Totals()
    private(set) var refusals: Deque<RefusedRequest> = []
    private var events: Deque<StoredEvent> = []
    /// The cursor of the first event that is kept.
    private var firstEvent: UInt64 = 0
    var watchers: [@Sendable () -> Void] = []

    /// How many refused requests are kept to be looked at.
    private static let mostRefusals = 64
    /// How far behind a follower may fall before it misses events.
    private static let mostEvents = 4096

    init(ring: CallRing) {
        self.ring = ring
    }

    /// The cursor behind the newest event.
    var cursor: UInt64 { firstEvent + UInt64(events.count) }

    func events(after cursor: UInt64) -> EventBatch {
        let start = max(cursor, firstEvent)
        let fresh = events.dropFirst(Int(start - firstEvent)).map(\.told)
        return EventBatch(events: fresh, next: start + UInt64(fresh.count), dropped: start - cursor)
    }

    mutating func append(_ record: CallRecord) -> CallBox {
        let box = CallBox(record)
        totals.calls += 1
        totals.perMinute.add(at: record.firstHeardAt)
        totals.evicted += ring.append(box)
        return box
    }

    @discardableResult
    mutating func replace(_ record: CallRecord) -> CallBox {
        let box = CallBox(record)
        totals.evicted += ring.replace(box)
        return box
    }

    mutating func count(_ answered: Answered) {
        totals.answered += 1
        totals.kinds[answered.decision.kind, default: 0] += 1
        if answered.decision.by == .deadline { totals.late += 1 }
        totals.latency.record(microseconds: answered.microseconds)
        totals.lastAnswerAt = answered.receivedAt
    }

    mutating func note(_ refused: RefusedRequest) {
        totals.refused[refused.refusal.code, default: 0] += 1
        if refused.refusal.isUnsigned { totals.unsigned += 1 }
        if refusals.count == Self.mostRefusals { refusals.removeFirst() }
        refusals.append(refused)
        log(.other(.refused(refused)))
    }

    mutating func log(_ event: StoredEvent) {
        if events.count == Self.mostEvents {
            events.removeFirst()
            firstEvent += 1
        }
        events.append(event)
    }
}
