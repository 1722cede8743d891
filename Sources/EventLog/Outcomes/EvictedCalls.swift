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

    init(decision: String, rejects: RejectedBy, mostSeconds: Int64?) {
        self.decision = decision
        self.rejects = rejects
        self.mostSeconds = mostSeconds
    }

    init(_ answered: Answered) {
        self.init(
            decision: answered.decision.id, rejects: answered.decision.by.rejects, mostSeconds: answered.mostSeconds)
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
    private var calls: Deque<Remains?> = []
    private var sequences: Deque<UInt64> = []

    /// About 72 bytes each, and more for one of which other webhooks than the assistant-request had come.
    static let most = 16_384
    /// For how many seconds after its last webhook a call that is over is remembered; its report comes within some.
    private static let patience: Int64 = 300

    /// The call that had a sequence number.
    subscript(sequence: UInt64) -> Call? {
        place(exactly: sequence).flatMap { calls[$0]?.call(sequence) }
    }

    /// The first call from a sequence number on.
    func first(from sequence: UInt64) -> Call? {
        for place in place(of: sequence)..<calls.count {
            if let call = calls[place] { return call.call(sequences[place]) }
        }
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
        calls.append(entry.remains)
        sequences.append(entry.sequence)
        guard calls.count > Self.most else { return nil }
        let sequence = sequences.removeFirst()
        return calls.removeFirst()?.call(sequence)
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
    private func place(of sequence: UInt64) -> Int { sequences.partitioningIndex { $0 >= sequence } }
}

/// What is kept of an evicted call: one line of memory for a call that was answered, and of which nothing came since.
///
/// Every call that is answered has an older one evicted and a third one forgotten, so that each line counts.
struct Remains: Sendable {
    private let id: CallID
    fileprivate(set) var tally: CallTally
    private let isRejected: Bool
    private let confirmation: Confirmation
    private let rejects: RejectedBy
    /// See `Answered.mostSeconds`; negative for none.
    private let mostSeconds: Int32
    private let firstHeardAt: Instant
    private let decision: String
    /// The call as it was, if other webhooks than the assistant-request had come.
    private let changed: Changed?

    private final class Changed: Sendable {
        let call: EvictedCalls.Call

        init(_ call: EvictedCalls.Call) { self.call = call }
    }

    /// A call that was answered, and of which nothing came since.
    init(_ answered: Answered, tally: CallTally) {
        let answer = RememberedAnswer(answered)
        id = answered.request.callID
        self.tally = tally
        isRejected = CallState.answered(answered) == .rejected
        confirmation = .answered(answered)
        rejects = answer.rejects
        // An answer sets nine digits at most.
        mostSeconds = answer.mostSeconds.map(Int32.init(clamping:)) ?? -1
        firstHeardAt = answered.receivedAt
        decision = answer.decision
        changed = nil
    }

    /// Any other call.
    init(_ call: EvictedCalls.Call) {
        id = call.id
        tally = call.tally
        (isRejected, confirmation, rejects, mostSeconds) = (false, call.confirmation, .rule, -1)
        firstHeardAt = call.firstHeardAt
        decision = ""
        changed = Changed(call)
    }

    /// The call, which had that sequence number.
    fileprivate func call(_ sequence: UInt64) -> EvictedCalls.Call {
        if var call = changed?.call {
            call.tally = tally
            return call
        }
        return EvictedCalls.Call(
            sequence: sequence, id: id, state: isRejected ? .rejected : .ringing, confirmation: confirmation,
            answer: RememberedAnswer(
                decision: decision, rejects: rejects, mostSeconds: mostSeconds < 0 ? nil : Int64(mostSeconds)),
            firstHeardAt: firstHeardAt,
            deadline: tally.outcome.isOnLine ? NewsLimit.ringingEnd(firstHeardAt) : nil, tally: tally)
    }
}
