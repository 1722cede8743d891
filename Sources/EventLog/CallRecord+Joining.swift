// SPDX-License-Identifier: Apache-2.0

import Calls

// Webhooks of one call may reach several replicas of a desk, each of which knows its own. Here they become one row.

/// Where a call was heard of; a class, so that records of servers without a shared desk grow by one empty reference only.
final class SharedParts: Sendable {
    let replica: String?
    let parts: [CallRecord]

    init?(replica: String?, parts: [CallRecord]) {
        guard replica != nil || !parts.isEmpty else { return nil }
        self.replica = replica
        self.parts = parts
    }
}

extension CallRecord {
    /// The replica of the desk that answered the call, or heard of it first; `nil` on a desk of one server.
    package var replica: String? {
        get { shared?.replica }
        set { shared = SharedParts(replica: newValue, parts: parts) }
    }

    /// What each replica knows of a call whose webhooks reached several; empty for every other call.
    var parts: [CallRecord] {
        get { shared?.parts ?? [] }
        set { shared = SharedParts(replica: replica, parts: newValue) }
    }

    /// How many parts one row is made of; webhooks of one call hardly ever reach more than a few replicas.
    private static let mostParts = 64

    /// The call with what another replica knows of it, or knows by now.
    ///
    /// Of two versions of one replica the later one counts, whichever comes first. A replica that was restarted, or has
    /// evicted the call meanwhile, has lost what it knew: what it hears from then on is a part of its own.
    func joined(with other: CallRecord) -> CallRecord {
        var parts = parts.isEmpty ? [self] : parts
        if let place = parts.firstIndex(where: { $0.isSamePart(as: other) }) {
            guard other.revision > parts[place].revision else { return self }
            parts[place] = other
        } else if parts.count < Self.mostParts {
            parts.append(other)
        } else {
            return self
        }
        guard parts.count > 1 else { return other.numbered(sequence) }
        return CallRecord(joining: parts, at: sequence)
    }

    /// One row of what several replicas know: all webhooks in the order of their times.
    private init(joining parts: [CallRecord], at sequence: UInt64) {
        let first = parts.min { $0.startOrder < $1.startOrder } ?? parts[0]
        var record = CallRecord(
            sequence: sequence, id: first.key, caller: first.caller, called: first.called, calledName: first.calledName,
            firstHeardAt: parts.map(\.firstHeardAt).min() ?? first.firstHeardAt, answered: nil, state: .ringing,
            confirmation: .notExpected, timeline: [],
            droppedEntries: parts.reduce(0) { $0 + $1.droppedEntries }, report: nil, asSent: first.asSent,
            remarks: parts.flatMap(\.remarks), remarkChanges: parts.reduce(0) { $0 + $1.remarkChanges })
        record.id = first.id
        let entries = parts.flatMap { part in
            part.timeline.map { (entry: $0, isOfAnswer: part.isSamePart(as: first)) }
        }
        for (entry, isOfAnswer) in entries.sorted(by: { $0.entry.at < $1.entry.at }) {
            record.take(
                isOfAnswer ? entry : entry.confirmed(record.confirmation(after: entry.event)),
                answered: isOfAnswer ? first.answered : nil)
        }
        record.replica = first.replica
        record.parts = parts
        self = record
    }

    private func isSamePart(as other: CallRecord) -> Bool {
        replica == other.replica && firstHeardAt == other.firstHeardAt
    }

    /// What is known of the answer after a webhook that came to a replica which does not know the answer.
    private func confirmation(after event: Webhook.Event) -> Confirmation {
        // The caller got through although we rejected the call.
        if case .rejected = state, event.progress.isLive { return .notApplied }
        return confirmation
    }

    /// The one that answered first comes first, then who heard of the call first.
    private var startOrder: (Int, Int64) {
        (answered == nil ? 1 : 0, (answered?.receivedAt ?? firstHeardAt).microseconds)
    }
}

extension TimelineEntry {
    fileprivate func confirmed(_ confirmation: Confirmation) -> TimelineEntry {
        TimelineEntry(
            at: at, event: event, isRepeat: isRepeat, confirmation: confirmation, body: body, leftOut: leftOut)
    }
}

extension LogState {
    /// Takes a call as another log has it; returns whether it brings an answer that is news here.
    ///
    /// What came to that log counts here as it does there, apart from a call that was over before `start`: that is only a row.
    mutating func take(_ call: CallRecord, at now: Instant, countingFrom start: Instant) -> Bool {
        var before = Webhooks()
        var hadAnswer = false
        var isKnown = false
        let isOver = call.firstHeardAt < start && !call.outcome(at: now).isOnLine
        let line = isOver ? CallTally.beforeTheStart : lines.slot(of: call.called)
        let entry = update(call.id, at: now) { known, earlier, place in
            hadAnswer = known.map { $0.record.answered != nil } ?? (earlier?.answer != nil)
            if let known {
                let old = known.record
                let joined = old.joined(with: call)
                isKnown = joined.revision == old.revision
                guard !isKnown else { return known }
                before = Webhooks(old)
                return CallEntry(joined, line: known.tally.line)
            }
            // Of a call that was evicted, all but the newest webhook counted.
            if earlier != nil { before = Webhooks(all: max(0, call.webhooks - 1), repeats: Webhooks(call).repeats) }
            return CallEntry(call.numbered(place), line: earlier?.tally.line ?? line)
        }
        guard !isKnown else { return false }
        let isNews = !hadAnswer && call.answered != nil
        if entry.tally.isCounted {
            count(Webhooks(entry.record), since: before, isNews ? call.answered : nil, entry.tally)
        }
        log(isNews ? .answered(entry) : .updated(entry))
        return isNews
    }

    /// The webhooks of a call.
    private struct Webhooks {
        var all = 0
        /// Those that repeat an assistant-request.
        var repeats = 0

        init(all: Int = 0, repeats: Int = 0) {
            self.all = all
            self.repeats = repeats
        }

        init(_ call: CallRecord) {
            self.init(all: call.webhooks, repeats: call.timeline.count(where: \.isRepeat))
        }
    }

    private mutating func count(
        _ webhooks: Webhooks, since before: Webhooks, _ answered: Answered?, _ tally: CallTally
    ) {
        if let answered { count(answered, in: tally.line) }
        totals.answered += max(0, webhooks.all - before.all - (answered == nil ? 0 : 1))
        totals.repeats += max(0, webhooks.repeats - before.repeats)
    }

    /// Takes requests that another log refused for one reason, the newest of them as it was.
    mutating func take(_ newest: RefusedRequest, count: Int) {
        guard count > 0 else { return }
        totals.count(newest.refusal, times: count - 1)
        note(newest)
    }

    /// Takes webhooks without a call.
    mutating func takeUnattributed(type: String, at now: Instant) {
        totals.answered += 1
        log(.other(.unattributed(type: type, at: now)))
    }
}
