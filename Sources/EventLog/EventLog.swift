// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// The session in memory: every call with its timeline, the totals, and the newest events.
///
/// The lock is held for a few hundred nanoseconds at a time, never while anything is drawn, written or waited for.
package final class EventLog: Sendable {
    private let state: Mutex<LogState>
    /// So many characters of the type of a webhook are kept that belongs to no call.
    private static let longestType = 200

    package init(keep: Retention) {
        state = Mutex(LogState(keep: keep))
    }

    /// Returns the answer that a call already got, and records that it was asked for again; `nil` without one.
    package func answerAgain(_ id: CallID, at now: Instant, body: [UInt8]) -> Answered? {
        change { state in
            guard var record = state.ring[id]?.record, let earlier = record.exchange else { return nil }
            record.noteRepeat(at: now, body: body)
            let box = state.update(id) { _, _ in CallEntry(record) }
            state.countRepeat()
            state.log(.news(box))
            return earlier
        }
    }

    /// Records an answer and returns the one that counts.
    ///
    /// Two deliveries of one assistant-request may be answered at the same moment; the first one recorded is then the
    /// answer of both.
    package func record(_ answered: Answered) -> Answered {
        change { state in
            var counted = answered
            let box = state.update(answered.request.callID) { known, place in
                guard var record = known?.record else { return CallEntry(answered, sequence: place) }
                if let earlier = record.exchange {
                    counted = earlier
                    record.noteRepeat(at: answered.receivedAt, body: answered.body)
                } else {
                    record.take(answered)
                }
                return CallEntry(record)
            }
            if counted === answered {
                state.count(answered)
                state.log(.answered(box))
            } else {
                state.countRepeat()
                state.log(.news(box))
            }
            return counted
        }
    }

    /// Records a webhook that is not an assistant-request.
    package func record(_ webhook: Webhook, at now: Instant, body: [UInt8]) {
        change { state in
            state.totals.answered += 1
            guard !webhook.call.callID.text.isEmpty else {
                state.log(.other(.unattributed(type: String(webhook.event.wireName.prefix(Self.longestType)), at: now)))
                return
            }
            let box = state.update(webhook.call.callID) { known, place in
                var record = known?.record ?? .heardOf(webhook, at: now, sequence: place)
                record.apply(webhook, at: now, body: body)
                return CallEntry(record)
            }
            state.log(.news(box))
        }
    }

    /// Records that a request was turned away.
    package func record(_ refusal: Refusal, from peer: String, at now: Instant) {
        change { state in
            state.note(RefusedRequest(at: now, refusal: refusal, peer: peer))
        }
    }

    /// Records that the operator changed a switch.
    package func recordDesk(_ words: String, at now: Instant) {
        change { $0.log(.other(.desk(words, at: now))) }
    }

    /// The log as it is now.
    package func snapshot() -> LogSnapshot {
        state.withSpinThenLock { state in
            LogSnapshot(shelf: state.ring.shelf, totals: state.totals, refusals: Array(state.refusals))
        }
    }

    /// The cursor of a follower that wants only what is yet to come.
    package var cursor: UInt64 {
        state.withSpinThenLock { $0.cursor }
    }

    /// Returns the events since a cursor, the oldest first and not more than so many, and how many were missed.
    package func events(after cursor: UInt64, atMost most: Int = .max) -> EventBatch {
        // Made into what is told behind the lock: a follower that comes late asks for thousands.
        let (stored, next, dropped) = state.withSpinThenLock { $0.events(after: cursor, atMost: most) }
        return EventBatch(events: stored.map(\.told), next: next, dropped: dropped)
    }

    /// Calls a function after every change, on the thread that made it; it must only wake somebody up.
    package func watch(_ changed: @escaping @Sendable () -> Void) {
        state.withSpinThenLock { $0.watchers.append(changed) }
    }

    /// Changes the state, leaves the lock, then tells the watchers.
    private func change<Result: Sendable>(_ body: (inout LogState) -> Result) -> Result {
        let (result, watchers, _) = state.withSpinThenLock { state in
            (body(&state), state.watchers, state.takeLeaving())
        }
        for watcher in watchers { watcher() }
        return result
    }
}
