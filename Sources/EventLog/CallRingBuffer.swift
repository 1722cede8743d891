// SPDX-License-Identifier: Apache-2.0

import Calls

/// How much of the session stays in memory; the oldest calls are evicted first.
package struct Retention: Hashable, Sendable {
    package let calls: Int
    /// About how many bytes the kept calls may take together.
    package let bytes: Int

    package init(calls: Int, bytes: Int) {
        precondition(calls > 0 && bytes > 0, "a log keeps at least one call")
        self.calls = calls
        self.bytes = bytes
    }

    /// About how many bytes one call may take, so that no call has all others evicted.
    var bytesOfCall: Int { max(bytes / CallRecord.share, CallRecord.leastBytes) }
}

/// The newest calls, bounded in number and in bytes, found by place or by call id.
///
/// The table of ids also holds calls that were evicted and are remembered (``EvictedCalls``), so that answering a call
/// looks its id up once.
struct CallRingBuffer {
    private(set) var calls = CallStore()
    /// Calls that were evicted and are remembered, since webhooks of them may still come.
    var gone = EvictedCalls()
    /// The sequence number of each call, kept or remembered.
    private var index: CallIndex
    private var weight = 0
    private let keep: Retention

    /// Room for at most this many ids is made at once.
    private static let mostReserved = 65_536

    init(keep: Retention) {
        self.keep = keep
        // Growing step by step would move all places while the log is locked.
        index = CallIndex(room: min(keep.calls + EvictedCalls.most, Self.mostReserved))
    }

    subscript(id: CallID) -> CallEntry? {
        place(of: id).flatMap { calls[$0] }
    }

    /// The sequence number of a call, kept or remembered.
    func place(of id: CallID) -> UInt64? {
        var search = index.search(for: id)
        return place(of: id, &search)
    }

    /// The sequence number of a call, or the one that it gets as a new call.
    mutating func claim(_ id: CallID) -> UInt64 {
        // One search for both: finding the place and taking it.
        var search = index.search(for: id)
        if let place = place(of: id, &search) { return place }
        index.add(search, at: next)
        return next
    }

    private func place(of id: CallID, _ search: inout CallIndex.Search) -> UInt64? {
        while let place = index.candidate(&search, below: next) {
            if calls[place].map({ $0.id == id }) ?? (gone[place]?.id == id) { return place }
        }
        return nil
    }

    /// The sequence number of the next new call.
    var next: UInt64 { calls.sequences.upperBound }

    /// Puts a call in the place that it claimed, where `old` is now; without one it goes to the end.
    mutating func put(_ entry: CallEntry, _ id: CallID, in place: UInt64, replacing old: CallEntry?) {
        weight += entry.weight
        guard let old else {
            if place != next { index.move(id, from: place, to: next) }
            return calls.append(entry)
        }
        weight -= old.weight
        calls.replace(entry, at: place)
    }

    /// Counts a call as something else, wherever it is.
    mutating func count(_ entry: CallEntry, as tally: CallTally) {
        calls.replace(entry.counted(as: tally), at: entry.sequence)
    }

    /// Removes and returns the oldest call if there are too many, or if they take too many bytes; its id stays in the table.
    mutating func evictOldest() -> CallEntry? {
        guard calls.sequences.count > 1, calls.sequences.count > keep.calls || weight > keep.bytes,
            let entry = calls.dropOldest()
        else { return nil }
        weight -= entry.weight
        return entry
    }

    /// Numbers calls from here on; `false` if there are some already.
    mutating func begin(at first: UInt64) -> Bool {
        guard next == 0, first > 0 else { return next == first }
        calls = CallStore(from: first)
        return true
    }

    /// Puts a call before the oldest one; `false` if there is no room, it does not belong there, or its id is taken.
    mutating func restore(_ entry: CallEntry, _ id: CallID) -> Bool {
        guard entry.sequence + 1 == calls.sequences.lowerBound, calls.sequences.count < keep.calls,
            weight + entry.weight <= keep.bytes
        else { return false }
        var search = index.search(for: id)
        guard place(of: id, &search) == nil else { return false }
        index.add(search, at: entry.sequence)
        weight += entry.weight
        calls.prepend(entry)
        return true
    }

    /// Takes an evicted call out of the table of ids.
    mutating func forget(_ id: CallID, at place: UInt64) { index.remove(id, at: place) }
}
