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

    /// The place of the next call.
    var next: UInt64 { sequences.upperBound }

    /// Adds a call at `next` and returns how many old ones had to go.
    mutating func append(_ box: CallBox) -> Int {
        if chunks.last?.isFull ?? true { chunks.append(CallChunk()) }
        chunks[chunks.count - 1].append(box)
        places[box.id] = box.sequence
        sequences = sequences.lowerBound..<box.sequence + 1
        weight += box.weight
        return evict()
    }

    /// Puts a changed call in its place and returns how many old ones had to go.
    mutating func replace(_ box: CallBox) -> Int {
        guard let old = self.box(at: box.sequence) else { return 0 }
        weight += box.weight - old.weight
        set(box, at: box.sequence)
        return evict()
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
            // A newer row of the same call may have taken the place.
            if let place = places.removeValue(forKey: box.id), place != oldest { places[box.id] = place }
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
