// SPDX-License-Identifier: Apache-2.0

import Calls

/// The newest calls, bounded in number and in bytes, found by place or by call id.
struct CallRing {
    private(set) var shelf = CallShelf()
    private var places: [CallID: UInt64] = [:]
    private var weight = 0
    private let keep: Retention

    init(keep: Retention) {
        self.keep = keep
    }

    subscript(id: CallID) -> CallBox? {
        places[id].flatMap { shelf[$0] }
    }

    /// What changing a call came to.
    struct Update {
        let box: CallBox
        let isNew: Bool
        /// How many old calls had to go.
        let evicted: Int
    }

    /// Puts a changed call in its place, or a new one at the end; `change` gets the call of that id, if it is kept, and the
    /// place that a new one has.
    mutating func update(_ id: CallID, _ change: (CallRecord?, UInt64) -> CallRecord) -> Update {
        let next = shelf.sequences.upperBound
        // One look for both: finding the place and taking it.
        let place = { (place: inout UInt64) in place }(&places[id, default: next])
        let old = shelf[place]
        let box = CallBox(change(old?.record, next))
        if let old {
            weight -= old.weight
            shelf.replace(box, at: place)
        } else {
            shelf.append(box)
        }
        weight += box.weight
        return Update(box: box, isNew: old == nil, evicted: evict())
    }

    private mutating func evict() -> Int {
        var gone = 0
        while shelf.sequences.count > 1, shelf.sequences.count > keep.calls || weight > keep.bytes {
            guard let box = shelf.dropOldest() else { break }
            weight -= box.weight
            places[box.id] = nil
            gone += 1
        }
        return gone
    }
}
