// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule

/// The newest calls, bounded in number and in bytes, found by place or by call id.
struct CallRing {
    private(set) var chunks: Deque<CallChunk> = []
    private(set) var base: UInt64 = 0
    private(set) var sequences: Range<UInt64> = 0..<0
    private var places: [CallID: UInt64] = [:]
    private var weight = 0
    private let keep: Retention

    init(keep: Retention) {
        self.keep = keep
    }

    subscript(id: CallID) -> CallBox? {
        places[id].flatMap { box(at: $0) }
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
        let next = sequences.upperBound
        // One look for both: finding the place and taking it.
        let place = { (place: inout UInt64) in place }(&places[id, default: next])
        let old = box(at: place)
        let box = CallBox(change(old?.record, next))
        if let old {
            weight -= old.weight
            set(box, at: place)
        } else {
            append(box)
        }
        weight += box.weight
        return Update(box: box, isNew: old == nil, evicted: evict())
    }

    private mutating func append(_ box: CallBox) {
        if chunks.last?.isFull ?? true { chunks.append(CallChunk()) }
        chunks[chunks.count - 1].append(box)
        sequences = sequences.lowerBound..<sequences.upperBound + 1
    }

    private mutating func evict() -> Int {
        var gone = 0
        while sequences.count > 1, sequences.count > keep.calls || weight > keep.bytes {
            dropOldest()
            gone += 1
        }
        return gone
    }

    private mutating func dropOldest() {
        let oldest = sequences.lowerBound
        if let box = box(at: oldest) {
            weight -= box.weight
            places[box.id] = nil
        }
        set(nil, at: oldest)
        sequences = oldest + 1..<sequences.upperBound
        if sequences.lowerBound - base == UInt64(CallChunk.size) {
            chunks.removeFirst()
            base = sequences.lowerBound
        }
    }

    private func box(at sequence: UInt64) -> CallBox? {
        sequences.contains(sequence) ? chunks[index(of: sequence)][sequence] : nil
    }

    private mutating func set(_ box: CallBox?, at sequence: UInt64) {
        chunks[index(of: sequence)][sequence] = box
    }

    private func index(of sequence: UInt64) -> Int {
        Int((sequence - base) / UInt64(CallChunk.size))
    }
}
