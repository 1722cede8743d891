// SPDX-License-Identifier: Apache-2.0

import Calls

/// The newest calls, bounded in number and in bytes, found by place or by call id.
struct CallRingBuffer {
    private(set) var shelf = CallStore()
    private var places: [CallID: UInt64] = [:]
    private var weight = 0
    private let keep: Retention

    init(keep: Retention) {
        self.keep = keep
    }

    subscript(id: CallID) -> CallEntry? {
        places[id].flatMap { shelf[$0] }
    }

    /// What changing a call came to.
    struct Update {
        let box: CallEntry
        let isNew: Bool
        let evicted: Evicted
    }

    /// The old calls that had to go.
    struct Evicted {
        var count = 0
        /// The last of them, and mostly the only one; whoever holds the lock takes it apart behind it.
        var last: CallEntry?
    }

    /// Puts a changed call in its place, or a new one at the end; `change` gets the call of that id, if it is kept, and the
    /// place that a new one has.
    mutating func update(_ id: CallID, _ change: (CallEntry?, UInt64) -> CallEntry) -> Update {
        let next = shelf.sequences.upperBound
        // One look for both: finding the place and taking it.
        let place = { (place: inout UInt64) in place }(&places[id, default: next])
        let old = shelf[place]
        let box = change(old, next)
        if let old {
            weight -= old.weight
            shelf.replace(box, at: place)
        } else {
            shelf.append(box)
        }
        weight += box.weight
        return Update(box: box, isNew: old == nil, evicted: evict())
    }

    private mutating func evict() -> Evicted {
        var gone = Evicted()
        while shelf.sequences.count > 1, shelf.sequences.count > keep.calls || weight > keep.bytes {
            guard let box = shelf.dropOldest() else { break }
            weight -= box.weight
            places[box.id] = nil
            gone.count += 1
            gone.last = box
        }
        return gone
    }
}
