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
    private var byID: [CallID: UInt64] = [:]

    /// About 150 bytes each.
    private static let most = 16_384
    /// For how many seconds after its last webhook a call that is over is remembered; its report comes within some.
    private static let patience: Int64 = 300

    subscript(id: CallID) -> Call? {
        byID.isEmpty ? nil : byID[id].flatMap { sequence in calls[place(of: sequence)] }
    }

    /// The first call from a sequence number on.
    func first(from sequence: UInt64) -> Call? {
        for place in place(of: sequence)..<calls.count { if let call = calls[place] { return call } }
        return nil
    }

    /// Remembers a call that was just evicted, if news of it may come; returns one that is forgotten for it.
    mutating func add(_ entry: CallEntry, at now: Instant) -> Call? {
        guard entry.tally.outcome.isOnLine || now.microseconds(since: entry.lastHeardAt) < Self.patience * 1_000_000
        else { return nil }
        let call = Call(
            sequence: entry.sequence, id: entry.id, state: entry.state, confirmation: entry.confirmation,
            answer: entry.rememberedAnswer, firstHeardAt: entry.firstHeardAt, deadline: entry.newsDeadline,
            tally: entry.tally)
        calls.append(call)
        sequences.append(call.sequence)
        byID[call.id] = call.sequence
        guard calls.count > Self.most else { return nil }
        sequences.removeFirst()
        guard let forgotten = calls.removeFirst() else { return nil }
        byID[forgotten.id] = nil
        return forgotten
    }

    /// Forgets a call that is a row again.
    mutating func remove(_ id: CallID) {
        guard !byID.isEmpty, let sequence = byID.removeValue(forKey: id) else { return }
        calls[place(of: sequence)] = nil
    }

    /// Changes what a call counts as.
    mutating func count(_ id: CallID, as tally: CallTally) {
        guard let sequence = byID[id] else { return }
        calls[place(of: sequence)]?.tally = tally
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
