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

    subscript(id: CallID) -> CallRecord? {
        places[id].flatMap { record(at: $0) }
    }

    /// The place of the next call.
    var next: UInt64 { sequences.upperBound }

    /// Adds a call at `next` and returns how many old ones had to go.
    mutating func append(_ record: CallRecord) -> Int {
        if chunks.last?.isFull ?? true { chunks.append(CallChunk()) }
        chunks[chunks.count - 1].append(record)
        places[record.id] = record.sequence
        sequences = sequences.lowerBound..<record.sequence + 1
        weight += record.weight
        return evict()
    }

    /// Puts a changed call in its place and returns how many old ones had to go.
    mutating func replace(_ record: CallRecord) -> Int {
        guard let old = self.record(at: record.sequence) else { return 0 }
        weight += record.weight - old.weight
        set(record, at: record.sequence)
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
        if let record = record(at: oldest) {
            weight -= record.weight
            if places[record.id] == oldest { places[record.id] = nil }
        }
        set(nil, at: oldest)
        sequences = oldest + 1..<sequences.upperBound
        if sequences.lowerBound - base == UInt64(CallChunk.size) {
            chunks.removeFirst()
            base = sequences.lowerBound
        }
    }

    private func record(at sequence: UInt64) -> CallRecord? {
        sequences.contains(sequence) ? chunks[index(of: sequence)][sequence] : nil
    }

    private mutating func set(_ record: CallRecord?, at sequence: UInt64) {
        chunks[index(of: sequence)][sequence] = record
    }

    private func index(of sequence: UInt64) -> Int {
        Int((sequence - base) / UInt64(CallChunk.size))
    }
}
