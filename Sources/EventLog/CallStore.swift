// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// Calls without a gap, by sequence number, in chunks that snapshots share.
struct CallStore: Sendable {
    private(set) var chunks: Deque<CallSegment> = []
    /// The sequence number of the first place in the first chunk, a multiple of the chunk size.
    private(set) var base: UInt64 = 0
    private(set) var sequences: Range<UInt64> = 0..<0

    /// An empty shelf, whose first call has the number 0.
    init() {}

    /// An empty shelf, whose first call has this number.
    init(from first: UInt64) {
        let places = first % UInt64(CallSegment.size)
        base = first - places
        sequences = first..<first
        if places > 0 { chunks.append(CallSegment(empty: Int(places))) }
    }

    subscript(sequence: UInt64) -> CallEntry? {
        sequences.contains(sequence) ? chunks[index(of: sequence)][sequence] : nil
    }

    /// Puts a call in the place of one that is there.
    mutating func replace(_ box: CallEntry, at sequence: UInt64) {
        chunks[index(of: sequence)][sequence] = box
    }

    mutating func append(_ box: CallEntry) {
        if chunks.last?.isFull ?? true { chunks.append(CallSegment()) }
        chunks[chunks.count - 1].append(box)
        sequences = sequences.lowerBound..<sequences.upperBound + 1
    }

    /// Puts a call before the oldest one; there must be one, and it must not have the number 0.
    mutating func prepend(_ box: CallEntry) {
        let sequence = sequences.lowerBound - 1
        if sequence < base {
            chunks.prepend(CallSegment(empty: CallSegment.size))
            base -= UInt64(CallSegment.size)
        }
        chunks[0][sequence] = box
        sequences = sequence..<sequences.upperBound
    }

    /// Takes the oldest call away, where there is one.
    mutating func dropOldest() -> CallEntry? {
        let oldest = sequences.lowerBound
        guard let box = self[oldest] else { return nil }
        chunks[0][oldest] = nil
        sequences = oldest + 1..<sequences.upperBound
        if sequences.lowerBound - base == UInt64(CallSegment.size) {
            chunks.removeFirst()
            base = sequences.lowerBound
        }
        return box
    }

    private func index(of sequence: UInt64) -> Int {
        Int((sequence - base) / UInt64(CallSegment.size))
    }
}
