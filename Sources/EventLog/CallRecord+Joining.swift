// SPDX-License-Identifier: Apache-2.0

import Calls

// Webhooks of one call may reach several replicas of a desk, each of which knows its own. Here they become one row.

extension CallRecord {
    /// The call with what another replica knows of it, or knows by now.
    ///
    /// Of two versions of one replica the later one counts, whichever comes first.
    func joined(with other: CallRecord) -> CallRecord {
        var parts = parts.isEmpty ? [self] : parts
        if let place = parts.firstIndex(where: { $0.replica == other.replica }) {
            guard other.revision > parts[place].revision else { return self }
            parts[place] = other
        } else {
            parts.append(other)
        }
        guard parts.count > 1 else { return other.numbered(sequence) }
        return CallRecord(joining: parts, at: sequence)
    }

    /// One row of what several replicas know: all webhooks in the order of their times.
    private init(joining parts: [CallRecord], at sequence: UInt64) {
        let first = parts.min { $0.startOrder < $1.startOrder } ?? parts[0]
        var record = CallRecord(
            sequence: sequence, id: first.id, caller: first.caller, called: first.called, calledName: first.calledName,
            firstHeardAt: parts.map(\.firstHeardAt).min() ?? first.firstHeardAt, answered: nil, state: .ringing,
            confirmation: .notExpected, timeline: [],
            droppedEntries: parts.reduce(0) { $0 + $1.droppedEntries }, report: nil, asSent: first.asSent,
            remarks: parts.flatMap(\.remarks), remarkChanges: parts.reduce(0) { $0 + $1.remarkChanges })
        let entries = parts.flatMap { part in
            part.timeline.map { (entry: $0, isOfAnswer: part.replica == first.replica) }
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

    /// What is known of the answer after a webhook that came to a replica which does not know the answer.
    private func confirmation(after event: Webhook.Event) -> Confirmation {
        // The caller got through although we rejected the call.
        if case .rejected = state, case .status(.inProgress, _) = event { return .notApplied }
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
    /// Takes a call as another log has it.
    mutating func take(_ call: CallRecord, at now: Instant) {
        var isNews = false
        let line = lines.slot(of: call.called)
        let entry = update(call.id, at: now) { known, earlier, place in
            let hadAnswer = known.map { $0.record.answered != nil } ?? (earlier?.answer != nil)
            isNews = !hadAnswer && call.answered != nil
            if let known { return CallEntry(known.record.joined(with: call), line: known.tally.line) }
            return CallEntry(call.numbered(place), line: earlier?.tally.line ?? line)
        }
        if isNews, let answered = call.answered {
            count(answered, in: entry.tally.line)
            log(.answered(entry))
        } else {
            log(.updated(entry))
        }
    }
}
