// SPDX-License-Identifier: Apache-2.0

import Calls
import DequeModule
import Latencies

/// What the log guards with its lock.
struct LogState: Sendable {
    private(set) var ring: CallRingBuffer
    var totals = Totals()
    private(set) var lines = LineTallies()
    private(set) var news = NewsWatch()
    private(set) var refusals: Deque<RefusedRequest> = []
    private(set) var deskEvents: Deque<DeskEvent> = []
    /// How many of them came since the start.
    private(set) var deskNews = 0
    private var events: EventFeed
    var watchers: [@Sendable () -> Void] = []
    /// A call that was evicted: it is released after unlocking, since freeing it takes time.
    private var evicted: CallEntry?

    init(keep: Retention) {
        ring = CallRingBuffer(keep: keep)
        events = EventFeed(bytes: keep.bytes / 4)
    }

    /// The cursor after the newest event.
    var cursor: UInt64 { events.cursor }

    func events(after cursor: UInt64, atMost most: Int) -> EventFeed.Batch { events.batch(after: cursor, atMost: most) }

    /// Changes a call or begins one, and counts it.
    ///
    /// `change` gets the call if it is kept, what is remembered of it if it was evicted, and the sequence number of a new row.
    mutating func update(
        _ id: CallID, at now: Instant, _ change: (CallEntry?, EvictedCalls.Call?, UInt64) -> CallEntry
    ) -> CallEntry {
        let place = ring.claim(id)
        let old = ring.calls[place]
        // A call that was evicted and is a row again is the same call.
        let earlier = old == nil && place < ring.next ? ring.gone[place] : nil
        let entry = change(old, earlier, ring.next)
        ring.put(entry, id, in: place, replacing: old)
        if let earlier {
            ring.gone.remove(earlier.sequence)
            news.forget(id)
        } else if old.map({ !$0.tally.isCounted }) ?? true, entry.tally.isCounted {
            totals.calls += 1
            // The clock of another replica may be ahead of ours.
            let begun = min(entry.firstHeardAt, now)
            totals.perMinute.add(at: begun)
            lines.noteCall(in: entry.tally.line, at: begun)
        }
        move(from: old?.tally ?? earlier?.tally, to: entry.tally)
        news.note(entry, id)
        while let old = ring.evictOldest() { letGo(old, at: now) }
        return entry
    }

    /// Changes a call other than by a webhook, so that it counts as before; returns `nil` if it is not in memory.
    mutating func change(_ id: CallID, at now: Instant, _ change: (inout CallRecord) -> Void) -> CallEntry? {
        guard let place = ring.place(of: id), let old = ring.calls[place] else { return nil }
        var record = old.record
        change(&record)
        let entry = CallEntry(record, line: old.tally.line).counted(as: old.tally)
        ring.put(entry, id, in: place, replacing: old)
        while let old = ring.evictOldest() { letGo(old, at: now) }
        return entry
    }

    private mutating func letGo(_ entry: CallEntry, at now: Instant) {
        totals.evicted += 1
        evicted = entry
        guard ring.gone.mayReturn(entry, at: now) else { return ring.forget(entry.id, at: entry.sequence) }
        guard let forgotten = ring.gone.add(entry) else { return }
        ring.forget(forgotten.id, at: forgotten.sequence)
        news.forget(forgotten.id)
        guard forgotten.tally.outcome.isOnLine else { return }
        let tally = forgotten.tally
        move(
            from: tally,
            to: CallTally(line: tally.line, outcome: .noNews, isNotApplied: tally.isNotApplied))
    }

    private mutating func move(from old: CallTally?, to new: CallTally) {
        guard old != new, new.isCounted else { return }
        let old = old.flatMap { $0.isCounted ? $0 : nil }
        lines.move(from: old, to: new)
        totals.move(from: old, to: new)
    }

    /// Hands over the call that was evicted last, to be released.
    mutating func takeEvicted() -> CallEntry? { evicted.take() }

    mutating func countRepeat() {
        totals.answered += 1
        totals.repeats += 1
    }

    mutating func appoint(_ next: Instant?) { news.appoint(next) }

    mutating func takeTooLate() -> Bool { news.takeTooLate() }

    mutating func use(_ lines: [CountedLine]) { self.lines.use(lines) }

    mutating func use(_ history: LineHistory) -> LineHistory? { lines.use(history) }

    mutating func count(_ answered: Answered, in line: LineTallies.Slot) {
        totals.count(answered)
        if case .deadline = answered.decision.by { lines.countLate(in: line) }
    }

    mutating func note(_ refused: RefusedRequest) {
        totals.count(refused.refusal)
        if refusals.count == RefusedRequest.mostKept { refusals.removeFirst() }
        refusals.append(refused)
        log(.other(.refused(refused)))
    }

    mutating func note(_ event: DeskEvent) {
        if event.isDeed {
            restore([event])
            deskNews += 1
        }
        log(.other(.desk(event)))
    }

    mutating func restore(_ events: [DeskEvent]) {
        deskEvents.append(contentsOf: events)
        if deskEvents.count > DeskEvent.mostKept { deskEvents.removeFirst(deskEvents.count - DeskEvent.mostKept) }
    }

    /// Has earlier events show calls as they are now, and changes what was done at the desk.
    mutating func replace(_ calls: [UInt64: CallEntry], _ change: (DeskEvent) -> DeskEvent) {
        deskEvents = Deque(deskEvents.map(change))
        events.map { event in
            switch event {
            case .answered(let old): calls[old.sequence].map(StoredEvent.answered) ?? event
            case .updated(let old): calls[old.sequence].map(StoredEvent.updated) ?? event
            case .remarked(let old): calls[old.sequence].map(StoredEvent.remarked) ?? event
            case .other(.desk(let desk)): .other(.desk(change(desk)))
            case .other: event
            }
        }
    }

    mutating func log(_ event: StoredEvent) {
        events.append(event)
    }
}

// What is known from before the start.
extension LogState {
    /// Numbers calls from here on; only before the first one.
    mutating func begin(at first: UInt64) -> Bool {
        guard ring.begin(at: first) else { return false }
        news.begin(at: first)
        return true
    }

    /// Puts a call before the oldest one; `false` if there is no room, or it does not belong there.
    ///
    /// A call that is over is only a row. One that still occupies its line counts like any other.
    mutating func restore(_ record: CallRecord, at now: Instant) -> Bool {
        let isOnLine = record.outcome(at: now).isOnLine
        let entry = CallEntry(record, line: isOnLine ? lines.slot(of: record.called) : CallTally.beforeTheStart)
        guard ring.restore(entry, record.id) else { return false }
        guard isOnLine else { return true }
        totals.calls += 1
        totals.resumed += 1
        move(from: nil, to: entry.tally)
        news.note(entry, record.id)
        return true
    }
}

extension LogState {
    /// Counts calls as without news whose time is over, at most a few, so that the lock is not held for long.
    ///
    /// Returns whether there may be more.
    mutating func sweep(at now: Instant) -> Bool {
        for _ in 0..<NewsWatch.mostAtOnce {
            guard let due = nextDue(at: now) else { return false }
            // What is not over yet is looked at again when it may be.
            guard let deadline = due.deadline else { continue }
            guard deadline <= now else {
                news.watch(due.id, until: deadline)
                continue
            }
            let tally = CallTally(line: due.tally.line, outcome: .noNews, isNotApplied: due.tally.isNotApplied)
            guard due.tally.outcome.isOnLine else { continue }
            move(from: due.tally, to: tally)
            guard let place = ring.place(of: due.id) else { continue }
            if let entry = ring.calls[place] { ring.count(entry, as: tally) } else { ring.gone.count(place, as: tally) }
        }
        return true
    }

    /// A call to look at now.
    private typealias Due = (id: CallID, deadline: Instant?, tally: CallTally)

    private mutating func nextDue(at now: Instant) -> Due? {
        if let id = news.pop(until: now) {
            let place = ring.place(of: id)
            if let entry = place.flatMap({ ring.calls[$0] }) { return (id, entry.newsDeadline, entry.tally) }
            // It is in one of the two: what is forgotten is not watched.
            let call = place.flatMap { ring.gone[$0] }
            return call.map { ($0.id, $0.deadline, $0.tally) } ?? (id, nil, CallTally(line: 0, outcome: .noNews))
        }
        while let due = nextYoung() {
            // One that begins in the future, by the clock of another replica, would hold up those after it.
            guard NewsLimit.ringingEnd(due.firstHeardAt) <= now || due.firstHeardAt > now else { return nil }
            news.pass(due.sequence)
            return (due.id, due.deadline, due.tally)
        }
        return nil
    }

    /// The oldest call that was not looked at since its beginning.
    private func nextYoung()
        -> (sequence: UInt64, id: CallID, firstHeardAt: Instant, deadline: Instant?, tally: CallTally)?
    {
        let kept = ring.calls.sequences
        if news.passed < kept.lowerBound, let call = ring.gone.first(from: news.passed), call.sequence < kept.lowerBound
        {
            return (call.sequence, call.id, call.firstHeardAt, call.deadline, call.tally)
        }
        guard let entry = ring.calls[max(news.passed, kept.lowerBound)] else { return nil }
        return (entry.sequence, entry.id, entry.firstHeardAt, entry.newsDeadline, entry.tally)
    }

    /// When to look again; `nil` if no call rings or is live.
    var nextLook: Instant? {
        let young = nextYoung().map { NewsLimit.ringingEnd($0.firstHeardAt) }
        return [news.next, young].compactMap(\.self).min()
    }
}
