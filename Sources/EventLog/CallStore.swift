// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule

/// Calls without a gap, by sequence number, in segments that snapshots share.
struct CallStore: Sendable {
    private var segments: Deque<CallSegment> = []
    /// The sequence number of the first place in the first segment, a multiple of the segment size.
    private var base: UInt64 = 0
    private(set) var sequences: Range<UInt64> = 0..<0

    /// An empty store, whose first call has the number 0.
    init() {}

    /// An empty store, whose first call has this number.
    init(from first: UInt64) {
        let places = first % UInt64(CallSegment.size)
        base = first - places
        sequences = first..<first
        if places > 0 { segments.append(CallSegment(empty: Int(places))) }
    }

    subscript(sequence: UInt64) -> CallEntry? {
        sequences.contains(sequence) ? segments[index(of: sequence)][sequence] : nil
    }

    /// The calls among these, ascending, that are not the same as in another store.
    func changes(since other: CallStore, among sequences: Range<UInt64>) -> [UInt64] {
        var changed: [UInt64] = []
        let size = UInt64(CallSegment.size)
        var start = sequences.lowerBound
        while start < sequences.upperBound {
            let end = min(sequences.upperBound, (start / size + 1) * size)
            if !(segment(of: start)?.isShared(with: other.segment(of: start)) ?? false) {
                for sequence in start..<end where self[sequence] !== other[sequence] { changed.append(sequence) }
            }
            start = end
        }
        return changed
    }

    private func segment(of sequence: UInt64) -> CallSegment? {
        sequences.contains(sequence) ? segments[index(of: sequence)] : nil
    }

    /// Puts a call in the place of one that is there.
    mutating func replace(_ entry: CallEntry, at sequence: UInt64) {
        segments[index(of: sequence)][sequence] = entry
    }

    mutating func append(_ entry: CallEntry) {
        if segments.last?.isFull ?? true { segments.append(CallSegment()) }
        segments[segments.count - 1].append(entry)
        sequences = sequences.lowerBound..<sequences.upperBound + 1
    }

    /// Puts a call before the oldest one, which must not have the number 0.
    mutating func prepend(_ entry: CallEntry) {
        let sequence = sequences.lowerBound - 1
        if sequence < base {
            segments.prepend(CallSegment(empty: CallSegment.size))
            base -= UInt64(CallSegment.size)
        }
        segments[0][sequence] = entry
        sequences = sequence..<sequences.upperBound
    }

    /// Removes and returns the oldest call, if there is one.
    mutating func dropOldest() -> CallEntry? {
        let oldest = sequences.lowerBound
        guard let entry = self[oldest] else { return nil }
        segments[0][oldest] = nil
        sequences = oldest + 1..<sequences.upperBound
        if sequences.lowerBound - base == UInt64(CallSegment.size) {
            segments.removeFirst()
            base = sequences.lowerBound
        }
        return entry
    }

    private func index(of sequence: UInt64) -> Int {
        Int((sequence - base) / UInt64(CallSegment.size))
    }
}

/// A run of calls that snapshots share: changing one call copies at most this many references.
private struct CallSegment: Sendable {
    static let size = 256

    private var entries: [CallEntry?] = []

    /// A segment whose first places stay empty, or are filled later.
    init(empty places: Int = 0) {
        entries.reserveCapacity(Self.size)
        entries.append(contentsOf: repeatElement(nil, count: places))
    }

    var isFull: Bool { entries.count == Self.size }

    /// Whether two segments are one in memory, so that their calls are the same.
    func isShared(with other: CallSegment?) -> Bool {
        guard let other, entries.count == other.entries.count else { return false }
        return entries.withUnsafeBufferPointer { mine in
            other.entries.withUnsafeBufferPointer { $0.baseAddress == mine.baseAddress }
        }
    }

    subscript(sequence: UInt64) -> CallEntry? {
        get { entries[slot(sequence)] }
        set { entries[slot(sequence)] = newValue }
    }

    mutating func append(_ entry: CallEntry) {
        entries.append(entry)
    }

    private func slot(_ sequence: UInt64) -> Int {
        Int(sequence % UInt64(Self.size))
    }
}

/// A call as one reference, so that segments copy fast.
final class CallEntry: Sendable {
    let sequence: UInt64
    /// Computed once; it is needed again when the call changes or is evicted.
    let weight: Int
    private let contents: Contents

    private enum Contents {
        /// Answered, and nothing since: the record follows from the answer, so the answering path writes no more down.
        case answered(Answered)
        indirect case record(CallRecord)
    }

    /// What the call counts as; a call without news has been so since it was last looked at.
    let tally: CallTally

    /// A call, counted by what its newest webhook says.
    init(_ record: CallRecord, line: LineTallies.Slot = 0) {
        sequence = record.sequence
        weight = record.weight
        contents = .record(record)
        tally = CallTally(
            line: line, outcome: record.lastOutcome, isNotApplied: record.confirmation == .notApplied)
    }

    /// A call whose assistant-request was answered.
    init(_ answered: Answered, sequence: UInt64, line: LineTallies.Slot = 0) {
        self.sequence = sequence
        weight = CallRecord.weight(
            answer: answered.reply.count + answered.decision.keptBytes, bodies: CollectionOfOne(answered.body.count))
        contents = .answered(answered)
        let outcome: CallOutcome =
            if case .rejected = answered.decision.kind { .rejected(answered.decision.by.rejects) } else { .ringing }
        tally = CallTally(line: line, outcome: outcome)
    }

    private init(_ other: CallEntry, tally: CallTally) {
        sequence = other.sequence
        weight = other.weight
        contents = other.contents
        self.tally = tally
    }

    /// The same call, counted as something else.
    func counted(as tally: CallTally) -> CallEntry { CallEntry(self, tally: tally) }

    var id: CallID {
        switch contents {
        case .answered(let answered): answered.request.callID
        case .record(let record): record.key
        }
    }

    var firstHeardAt: Instant {
        switch contents {
        case .answered(let answered): answered.receivedAt
        case .record(let record): record.firstHeardAt
        }
    }

    /// What is remembered of the call once it is evicted.
    var remains: Remains {
        switch contents {
        case .answered(let answered): Remains(answered, tally: tally)
        case .record(let record):
            Remains(
                EvictedCalls.Call(
                    sequence: sequence, id: record.key, state: record.state, confirmation: record.confirmation,
                    answer: record.answered.map(RememberedAnswer.init) ?? record.remembered,
                    firstHeardAt: record.firstHeardAt, deadline: record.newsDeadline, tally: tally))
        }
    }

    var lastHeardAt: Instant {
        switch contents {
        case .answered(let answered): answered.receivedAt
        case .record(let record): record.lastHeardAt
        }
    }

    /// The platform's report at the end of the call.
    var report: CallReport? {
        switch contents {
        case .answered: nil
        case .record(let record): record.report
        }
    }

    var state: CallState {
        switch contents {
        case .answered(let answered): .answered(answered)
        case .record(let record): record.state
        }
    }

    var confirmation: Confirmation {
        switch contents {
        case .answered(let answered): .answered(answered)
        case .record(let record): record.confirmation
        }
    }

    /// See `CallRecord.newsDeadline`.
    var newsDeadline: Instant? {
        switch contents {
        case .answered(let answered):
            tally.outcome.isOnLine ? NewsLimit.ringingEnd(answered.receivedAt) : nil
        case .record(let record): record.newsDeadline
        }
    }

    /// See `CallRecord.outcome`.
    func outcome(at now: Instant) -> CallOutcome {
        switch contents {
        case .answered:
            guard tally.outcome.isOnLine, let newsDeadline, now >= newsDeadline else { return tally.outcome }
            return .noNews
        case .record(let record): return record.outcome(at: now)
        }
    }

    /// See `CallRecord.revision`.
    var revision: Int {
        switch contents {
        case .answered: 1
        case .record(let record): record.revision
        }
    }

    var record: CallRecord {
        switch contents {
        case .answered(let answered): .answered(answered, sequence: sequence)
        case .record(let record): record
        }
    }
}
