// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule

/// What later webhooks of a call need of its answer.
struct RememberedAnswer: Sendable {
    /// The id of the decision, which the platform echoes.
    let decision: String
    /// What rejects the call, if the answer does.
    let rejects: RejectedBy
    /// See `Answered.mostSeconds`.
    let mostSeconds: Int64?

    init(_ answered: Answered) {
        decision = answered.decision.id
        rejects = answered.decision.by.rejects
        mostSeconds = answered.mostSeconds
    }
}

/// What is remembered of evicted calls while news of them may still come, so that each stays one call in the
/// counts; bounded.
struct EvictedCalls: Sendable {
    /// A call without its webhooks.
    struct Call: Sendable {
        let sequence: UInt64
        let id: CallID
        let state: CallState
        let confirmation: Confirmation
        let answer: RememberedAnswer?
        let firstHeardAt: Instant
        /// See `CallRecord.newsDeadline`.
        let deadline: Instant?
        var tally: CallTally
    }

    /// Ordered by sequence number; a call that came back leaves its place empty.
    private var calls: Deque<Call?> = []
    private var sequences: Deque<UInt64> = []

    /// About 150 bytes each.
    static let most = 16_384
    /// For how many seconds after its last webhook a call that is over is remembered; its report comes within some.
    private static let patience: Int64 = 300

    /// The call that had a sequence number.
    subscript(sequence: UInt64) -> Call? {
        place(exactly: sequence).flatMap { calls[$0] }
    }

    /// The first call from a sequence number on.
    func first(from sequence: UInt64) -> Call? {
        for place in place(of: sequence)..<calls.count { if let call = calls[place] { return call } }
        return nil
    }

    /// Whether news of a call may still come.
    func mayReturn(_ entry: CallEntry, at now: Instant) -> Bool {
        entry.tally.outcome.isOnLine || now.microseconds(since: entry.lastHeardAt) < Self.patience * 1_000_000
    }

    /// Remembers a call that was just evicted; returns one that is forgotten for it.
    mutating func add(_ entry: CallEntry) -> Call? {
        // Growing step by step would move megabytes while the log is locked.
        if calls.isEmpty {
            calls.reserveCapacity(Self.most + 1)
            sequences.reserveCapacity(Self.most + 1)
        }
        calls.append(entry.remembered)
        sequences.append(entry.sequence)
        guard calls.count > Self.most else { return nil }
        sequences.removeFirst()
        return calls.removeFirst()
    }

    /// Forgets a call that is a row again.
    mutating func remove(_ sequence: UInt64) {
        if let place = place(exactly: sequence) { calls[place] = nil }
    }

    /// Changes what a call counts as.
    mutating func count(_ sequence: UInt64, as tally: CallTally) {
        if let place = place(exactly: sequence) { calls[place]?.tally = tally }
    }

    private func place(exactly sequence: UInt64) -> Int? {
        let place = place(of: sequence)
        return place < sequences.count && sequences[place] == sequence ? place : nil
    }

    /// The index of the first call from a sequence number on.
    private func place(of sequence: UInt64) -> Int {
        var range = 0..<sequences.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = sequences[middle] < sequence ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
