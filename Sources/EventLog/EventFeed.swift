// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// The newest events, for followers that read them as a stream; bounded in number and in bytes, like the calls.
struct EventFeed {
    private var events: Deque<StoredEvent> = []
    /// The cursor of the first event that is kept.
    private var first: UInt64 = 0
    private var weight = 0
    private let mostBytes: Int

    /// How far behind a follower may fall before it misses events.
    private static let mostEvents = 4096

    init(bytes: Int) {
        mostBytes = bytes
    }

    /// The cursor behind the newest event.
    var cursor: UInt64 { first + UInt64(events.count) }

    /// Adds an event; it stays until there are too many after it, the newest one always.
    mutating func append(_ event: StoredEvent) {
        events.append(event)
        weight += event.weight
        while events.count > 1, events.count > Self.mostEvents || weight > mostBytes {
            weight -= events.removeFirst().weight
            first += 1
        }
    }

    /// The events behind a cursor, the cursor behind them, and how many were missed.
    typealias Batch = (events: [StoredEvent], next: UInt64, dropped: UInt64)

    func batch(after cursor: UInt64, atMost most: Int) -> Batch {
        let start = max(cursor, first)
        let fresh = Array(events.dropFirst(Int(start - first)).prefix(most))
        return (fresh, next: start + UInt64(fresh.count), dropped: start - cursor)
    }
}
