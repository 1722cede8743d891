// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides
import Synchronization

/// The session in memory: every call with its timeline, the totals, and the newest events.
///
/// The lock is held for a few hundred nanoseconds at a time, never while anything is drawn, written or waited for.
package final class EventLog: Sendable {
    private let state: Mutex<LogState>
    /// How many bytes of its type are kept for a webhook without a call.
    private static let longestType = 200
    /// How many bytes one call may keep.
    private let mostBytes: Int

    /// How many calls ring or are live on each line, for the answering path.
    package let live: LiveCalls
    private let onEarlierLook = Mutex<@Sendable () -> Void>({})

    package init(keep: Retention) {
        let state = LogState(keep: keep)
        mostBytes = keep.bytesOfCall
        live = state.lines.live
        self.state = Mutex(state)
    }

    /// Counts calls by these lines from now on; what was counted before stays where it was.
    package func use(_ lines: [CountedLine]) {
        state.withLock { $0.use(lines) }
    }

    /// Compares the silence of lines with what was usual in earlier sessions from now on.
    package func use(_ history: LineHistory) {
        _ = change { $0.use(history) }
    }

    /// Counts calls as without news whose time is over, and returns when to look again; `nil` while no call is going on.
    @discardableResult
    package func sweep(at now: Instant) -> Instant? {
        var isMore = true
        var found = false
        while isMore {
            let before = found
            (isMore, found) = state.withSpinThenLock { state in
                let count = state.totals.outcomes.noNews
                let isMore = state.sweep(at: now)
                return (isMore, before || state.totals.outcomes.noNews != count)
            }
        }
        let (next, watchers) = state.withSpinThenLock { state in
            let next = state.nextLook
            state.appoint(next)
            return (next, found ? state.watchers : [])
        }
        for watcher in watchers { watcher() }
        return next
    }

    /// Calls a function whenever ``sweep(at:)`` is due earlier than it last returned.
    package func onEarlierSweep(_ wake: @escaping @Sendable () -> Void) {
        onEarlierLook.withLock { $0 = wake }
    }

    /// Returns the answer that a call already got and records the retry; `nil` if the call has no answer.
    package func answerAgain(_ id: CallID, at now: Instant, body: [UInt8]) -> Answered? {
        change { state in
            guard var record = state.ring[id]?.record, let earlier = record.answered else { return nil }
            record.noteRetry(at: now, body: body, within: mostBytes)
            let line = state.ring[id]?.tally.line ?? 0
            let entry = state.update(id, at: now) { _, _, _ in CallEntry(record, line: line) }
            state.countRepeat()
            state.log(.updated(entry))
            return earlier
        }
    }

    /// Records an answer and returns the one that counts.
    ///
    /// Two deliveries of one assistant-request may be answered at the same moment; both then get the answer that was
    /// recorded first.
    package func record(_ answered: Answered) -> Answered {
        change { [mostBytes] state in
            var counted = answered
            let line = state.lines.slot(of: answered.request.called)
            let entry = state.update(answered.request.callID, at: answered.receivedAt) { known, earlier, place in
                if let known, let first = known.record.answered {
                    counted = first
                    var record = known.record
                    record.noteRetry(at: answered.receivedAt, body: answered.body, within: mostBytes)
                    return CallEntry(record, line: known.tally.line)
                }
                let begun =
                    known?.record
                    ?? earlier.map { .back($0, with: answered.request, at: answered.receivedAt, sequence: place) }
                guard var record = begun else { return CallEntry(answered, sequence: place, line: line) }
                record.take(answered)
                return CallEntry(record, line: line)
            }
            if counted === answered {
                state.count(answered, in: line)
                state.log(.answered(entry))
            } else {
                state.countRepeat()
                state.log(.updated(entry))
            }
            return counted
        }
    }

    /// Records a webhook that is not an assistant-request.
    package func record(_ webhook: Webhook, at now: Instant, body: [UInt8]) {
        change { [mostBytes] state in
            state.totals.answered += 1
            guard !webhook.call.callID.isEmpty else {
                state.log(.other(.unattributed(type: webhook.event.wireName.prefix(bytes: Self.longestType), at: now)))
                return
            }
            let line = state.lines.slot(of: webhook.call.called)
            let name = state.lines.name(of: line)
            let entry = state.update(webhook.call.callID, at: now) { known, earlier, place in
                var record =
                    known?.record ?? earlier.map { .back($0, with: webhook.call, at: now, sequence: place) }
                    ?? .heardOf(webhook, at: now, sequence: place)
                if known == nil { record.configuredLineName = name }
                record.apply(webhook, at: now, body: body, within: mostBytes)
                return CallEntry(record, line: known?.tally.line ?? earlier?.tally.line ?? line)
            }
            state.log(.updated(entry))
        }
    }

    /// The platform's report on a call that is in memory, once there is one.
    package func report(of id: CallID) -> CallReport? {
        state.withSpinThenLock { $0.ring[id]?.report }
    }

    /// Records that a request was refused.
    package func record(_ refusal: Refusal, from peer: String, at now: Instant) {
        change { state in
            state.note(RefusedRequest(at: now, refusal: refusal, peer: peer))
        }
    }

    /// The call with an id; `nil` if none is in memory.
    package func call(_ id: CallID) -> CallRecord? {
        state.withSpinThenLock { $0.ring[id]?.record }
    }

    /// Records what an operator says of a call; `false` if it is not in memory.
    package func remark(_ remark: RemarkChange, on id: CallID, by name: String, at now: Instant) -> Bool {
        change { state in
            let entry = state.change(id, at: now) { $0.apply(remark, at: now, by: name) }
            guard let entry else { return false }
            state.log(.remarked(entry))
            return true
        }
    }

    /// Changes calls that are kept, other than by a webhook, and what was done at the desk, for everyone who follows the log;
    /// earlier events show them as they are now.
    func change(
        _ calls: [CallID], at now: Instant, _ body: (inout CallRecord) -> Void, _ desk: (DeskEvent) -> DeskEvent
    ) {
        var changed: [UInt64: CallEntry] = [:]
        // One at a time, so that the lock is not held for long.
        for id in calls {
            let entry = change { state in
                let entry = state.change(id, at: now, body)
                if let entry { state.log(.remarked(entry)) }
                return entry
            }
            if let entry { changed[entry.sequence] = entry }
        }
        state.withLock { $0.replace(changed, desk) }
    }

    /// Records what an operator or the server did.
    package func record(_ event: DeskEvent) {
        change { $0.note(event) }
    }

    /// Takes up what was done before the start, the oldest first; followers of events do not see it.
    package func restore(_ events: [DeskEvent]) {
        change { $0.restore(events) }
    }

    /// Numbers calls from `first` on, where an earlier session ended; `false` if a call came already.
    package func begin(at first: UInt64) -> Bool {
        state.withLock { $0.begin(at: first) }
    }

    /// Puts a call of an earlier session before the oldest one; `false` if it has no place there.
    ///
    /// Its sequence number must be the one before the oldest call. Counts are since the start, so a call that is over counts
    /// nothing, and followers of events do not see it.
    package func restore(_ call: CallRecord, at now: Instant) -> Bool {
        change { $0.restore(call, at: now) }
    }

    /// Takes a call as another log has it, such as that of another replica: a new row, or more of one that is here.
    ///
    /// It counts here as it does there, unless it was over before `start`. Returns whether it brings an answer that is news.
    @discardableResult
    package func take(_ call: CallRecord, at now: Instant, countingFrom start: Instant) -> Bool {
        change { $0.take(call, at: now, countingFrom: start) }
    }

    /// Takes requests that another log refused for one reason, with the newest of them.
    package func take(_ newest: RefusedRequest, count: Int) {
        change { $0.take(newest, count: count) }
    }

    /// Takes a webhook without a call that came to another log.
    package func takeUnattributed(type: String, at now: Instant) {
        change { $0.takeUnattributed(type: type, at: now) }
    }

    /// The log at this moment; taking a snapshot copies references, not calls.
    package func snapshot() -> LogSnapshot {
        state.withSpinThenLock { state in
            LogSnapshot(
                calls: state.ring.calls, totals: state.totals, lines: state.lines.counts,
                refusals: Array(state.refusals), deskEvents: Array(state.deskEvents), deskNews: state.deskNews)
        }
    }

    /// The cursor for a follower that wants future events only.
    package var cursor: UInt64 {
        state.withSpinThenLock { $0.cursor }
    }

    /// Returns the events after a cursor, oldest first and at most `most` of them, and how many were missed.
    package func events(after cursor: UInt64, atMost most: Int = .max) -> EventBatch {
        // Converted after unlocking: a late follower asks for thousands.
        let (stored, next, dropped) = state.withSpinThenLock { $0.events(after: cursor, atMost: most) }
        return EventBatch(events: stored.map(\.logged), next: next, dropped: dropped)
    }

    /// Calls a function after every change, on the thread that made it; it must only wake a follower.
    package func watch(_ changed: @escaping @Sendable () -> Void) {
        state.withSpinThenLock { $0.watchers.append(changed) }
    }

    /// Changes the state, unlocks, then calls the watchers.
    private func change<Result: Sendable>(_ body: (inout LogState) -> Result) -> Result {
        let (result, watchers, _, mustSweep) = state.withSpinThenLock { state in
            (body(&state), state.watchers, state.takeEvicted(), state.takeTooLate())
        }
        for watcher in watchers { watcher() }
        if mustSweep { onEarlierLook.withLock { $0 }() }
        return result
    }
}

/// The log at one moment.
package struct LogSnapshot: Sendable {
    private let calls: CallStore
    package let totals: Totals
    package let lines: LineCounts
    /// The newest refused requests, newest last.
    package let refusals: [RefusedRequest]
    /// The newest things that were done to the overrides and the rules, newest last.
    package let deskEvents: [DeskEvent]
    /// How many of them happened while the log was followed: the newest ones, unless it is more than are kept.
    package let deskNews: Int

    init(
        calls: CallStore, totals: Totals, lines: LineCounts, refusals: [RefusedRequest], deskEvents: [DeskEvent],
        deskNews: Int
    ) {
        self.deskEvents = deskEvents
        self.deskNews = deskNews
        self.calls = calls
        self.totals = totals
        self.lines = lines
        self.refusals = refusals
    }

    /// An empty log.
    package static let empty = EventLog(keep: .init(calls: 1, bytes: 1)).snapshot()

    /// The sequence numbers of the calls that are kept, oldest first.
    package var sequences: Range<UInt64> { calls.sequences }

    /// What a call has come to, without copying the call; `nil` as for the call.
    package func brief(_ sequence: UInt64, at now: Instant) -> CallBrief? {
        calls[sequence].map { CallBrief(state: $0.state, outcome: $0.outcome(at: now), confirmation: $0.confirmation) }
    }

    /// The calls among these, ascending, that are not as they were in an earlier snapshot; runs of calls that both share
    /// are passed over.
    package func changes(since earlier: LogSnapshot, among sequences: Range<UInt64>) -> [UInt64] {
        calls.changes(since: earlier.calls, among: sequences)
    }

    /// Returns a call, or `nil` when it was evicted or has not happened yet.
    package subscript(sequence: UInt64) -> CallRecord? { calls[sequence]?.record }
}

/// What a call has come to.
package struct CallBrief: Sendable {
    package let state: CallState
    package let outcome: CallOutcome
    package let confirmation: Confirmation
}
