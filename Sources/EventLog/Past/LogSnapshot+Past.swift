// SPDX-License-Identifier: Apache-2.0

package import Calls

extension LogSnapshot {
    /// What a record has for one moment.
    package struct Past: Sendable {
        /// The moment.
        package var moment: Instant
        /// The oldest first; what came of them after the moment is left out.
        package var calls: [CallRecord]
        /// How many older calls the record has.
        package var before: UInt64
        /// How many of them count.
        package var older: Int
        /// From when on calls count; `nil` for all of them.
        package var countedSince: Instant?
        /// The lines by which they are counted.
        package var lines: [CountedLine]
        package var refusals: [RefusedRequest]
        package var deskEvents: [DeskEvent]

        package init(
            at moment: Instant, calls: [CallRecord], before: UInt64 = 0, older: Int = 0, countedSince: Instant? = nil,
            lines: [CountedLine] = [], refusals: [RefusedRequest] = [], deskEvents: [DeskEvent] = []
        ) {
            self.moment = moment
            self.calls = calls
            self.before = before
            self.older = older
            self.countedSince = countedSince
            self.lines = lines
            self.refusals = refusals
            self.deskEvents = deskEvents
        }
    }

    /// The log of a server as it was at a moment, worked out from a record.
    package init(_ past: Past) {
        var calls = CallStore(from: past.before)
        var tallies = PastTallies(past)
        let history = RemarkHistory(past.deskEvents)
        for call in past.calls {
            guard let record = call.asOf(past.moment, remarks: history)?.numbered(calls.sequences.upperBound) else {
                continue
            }
            calls.append(CallEntry(record).counted(as: tallies.count(record)))
        }
        let refusals = past.refusals.filter { $0.at <= past.moment }
        for request in refusals where tallies.counts(request.at) { tallies.totals.count(request.refusal) }
        let deeds = past.deskEvents.filter { $0.isDeed && $0.at <= past.moment }.suffix(DeskEvent.mostKept)
        self.init(
            calls: calls, totals: tallies.totals, lines: tallies.lines.counts,
            refusals: Array(refusals.suffix(RefusedRequest.mostKept)), deskEvents: Array(deeds), deskNews: 0)
    }
}

/// Counts the calls of a record as the server counted them.
private struct PastTallies {
    private let moment: Instant
    private let since: Instant?
    var totals = Totals()
    var lines = LineTallies()

    init(_ past: LogSnapshot.Past) {
        moment = past.moment
        since = past.countedSince
        lines.use(past.lines)
        totals.calls = past.older
        totals.evicted = past.older
    }

    func counts(_ time: Instant) -> Bool { since.map { time >= $0 } ?? true }

    /// Counts a call, and returns what it counts as.
    mutating func count(_ call: CallRecord) -> CallTally {
        let line = lines.slot(of: call.called)
        let isResumed = !counts(call.firstHeardAt)
        guard !isResumed || wasOnLine(call) else {
            return CallTally(
                line: CallTally.beforeTheStart, outcome: call.outcome(at: moment),
                isNotApplied: call.confirmation == .notApplied)
        }
        let tally = CallTally(
            line: line, outcome: call.outcome(at: moment), isNotApplied: call.confirmation == .notApplied)
        totals.calls += 1
        if isResumed { totals.resumed += 1 }
        if !isResumed {
            totals.perMinute.add(at: call.firstHeardAt)
            lines.noteCall(in: line, at: call.firstHeardAt)
        }
        lines.move(from: nil, to: tally)
        totals.move(from: nil, to: tally)
        for entry in call.timeline where counts(entry.at) { count(entry, of: call, in: line) }
        return tally
    }

    private mutating func count(_ entry: TimelineEntry, of call: CallRecord, in line: LineTallies.Slot) {
        guard entry.event == .assistantRequest, !entry.isRepeat, let answered = call.answered else {
            totals.answered += 1
            if entry.isRepeat { totals.repeats += 1 }
            return
        }
        totals.count(answered)
        if case .deadline = answered.decision.by { lines.countLate(in: line) }
    }

    /// Whether a call from before was going on when counting began.
    private func wasOnLine(_ call: CallRecord) -> Bool {
        guard let since, let then = call.asOf(since) else { return false }
        return then.outcome(at: since).isOnLine
    }
}
