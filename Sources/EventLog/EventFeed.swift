// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// The newest events, for followers that read them as a stream; bounded in number and in bytes, like the calls.
struct EventFeed {
    private var events: Deque<StoredEvent> = []
    /// The cursor of the first event that is kept.
    private var first: UInt64 = 0
    private var weight = 0
    private let mostBytes: Int

    /// How far a follower may lag before it misses events.
    private static let mostEvents = 4096

    init(bytes: Int) {
        mostBytes = bytes
    }

    /// The cursor after the newest event.
    var cursor: UInt64 { first + UInt64(events.count) }

    /// Adds an event and removes the oldest ones while there are too many; the newest always stays.
    mutating func append(_ event: StoredEvent) {
        events.append(event)
        weight += event.weight
        while events.count > 1, events.count > Self.mostEvents || weight > mostBytes {
            weight -= events.removeFirst().weight
            first += 1
        }
    }

    /// Changes events that are kept.
    mutating func map(_ change: (StoredEvent) -> StoredEvent) {
        for place in events.indices {
            weight -= events[place].weight
            events[place] = change(events[place])
            weight += events[place].weight
        }
    }

    /// The events after a cursor, the cursor after them, and how many were missed.
    typealias Batch = (events: [StoredEvent], next: UInt64, dropped: UInt64)

    func batch(after cursor: UInt64, atMost most: Int) -> Batch {
        let start = max(cursor, first)
        let fresh = Array(events.dropFirst(Int(start - first)).prefix(most))
        return (fresh, next: start + UInt64(fresh.count), dropped: start - cursor)
    }
}
