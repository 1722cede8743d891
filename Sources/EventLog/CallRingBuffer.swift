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
struct CallRingBuffer {
    private(set) var calls = CallStore()
    private var places: [CallID: UInt64] = [:]
    private var weight = 0
    private let keep: Retention

    init(keep: Retention) {
        self.keep = keep
    }

    subscript(id: CallID) -> CallEntry? {
        places[id].flatMap { calls[$0] }
    }

    /// The result of changing a call.
    struct Update {
        let entry: CallEntry
        /// The call as it was; `nil` for a new one.
        let old: CallEntry?
    }

    /// Puts a changed call in its place, or a new one at the end; `change` gets the call with that id, if it is kept, and
    /// the place that a new one would have.
    mutating func update(_ id: CallID, _ change: (CallEntry?, UInt64) -> CallEntry) -> Update {
        let next = calls.sequences.upperBound
        // One lookup for both: finding the place and taking it.
        let place = { (place: inout UInt64) in place }(&places[id, default: next])
        let old = calls[place]
        let entry = change(old, next)
        if let old {
            weight -= old.weight
            calls.replace(entry, at: place)
        } else {
            calls.append(entry)
        }
        weight += entry.weight
        return Update(entry: entry, old: old)
    }

    /// Counts a call as something else, wherever it is.
    mutating func count(_ entry: CallEntry, as tally: CallTally) {
        calls.replace(entry.counted(as: tally), at: entry.sequence)
    }

    /// Removes and returns the oldest call if there are too many, or if they take too many bytes.
    mutating func evictOldest() -> CallEntry? {
        guard calls.sequences.count > 1, calls.sequences.count > keep.calls || weight > keep.bytes,
            let entry = calls.dropOldest()
        else { return nil }
        weight -= entry.weight
        places[entry.id] = nil
        return entry
    }
}
