// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters

/// The calls that a filter selects, kept up to date call by call: a call is tested when it is new, when it changes, and when
/// it has been without news for too long.
struct FilteredCalls: Sendable {
    /// The selected calls, ascending.
    private(set) var sequences: [UInt64] = []
    /// Calls that a wider filter selected and this one has yet to test, ascending; all selected ones are newer.
    private var candidates: [UInt64] = []
    /// The newest calls, as far as they or candidates were tested.
    private var tested: Range<UInt64> = 0..<0
    /// The log in which they were tested.
    private var log = LogSnapshot.empty
    /// When tested calls will count as without news.
    private var deadlines = NewsDeadlines()
    /// Whether every call was tested.
    private(set) var isComplete = false

    /// How many calls are tested in one go: few enough that a key never waits long, many enough that few frames are drawn on
    /// the way.
    private static let mostTests = 2000
    /// From this many new ones on, all are tested again, the newest first.
    private static let mostNew = 2000

    /// Begins again, for another filter or another log.
    mutating func restart() {
        sequences.removeAll(keepingCapacity: true)
        candidates.removeAll()
        deadlines.restart()
        (tested, log, isComplete) = (0..<0, .empty, false)
    }

    /// Goes on with a filter that selects only calls that the one so far selects.
    mutating func narrow() {
        candidates += sequences
        sequences.removeAll(keepingCapacity: true)
        isComplete = false
    }

    /// Tests the calls that are new, changed or without news, then older ones, and forgets those that were evicted.
    ///
    /// A condition that time alone does not change needs no time.
    mutating func follow(_ newLog: LogSnapshot, at now: Instant?, _ isSelected: (CallRecord) -> Bool) {
        let kept = newLog.sequences
        if tested.upperBound > kept.upperBound || kept.upperBound - tested.upperBound > UInt64(Self.mostNew)
            || now.map({ deadlines.areAhead(of: $0) }) ?? false
        {
            restart()
        }
        if tested.isEmpty { tested = kept.upperBound..<kept.upperBound }
        let low = max(tested.lowerBound, kept.lowerBound)
        sequences.removeFirst(sequences.partitioningIndex { $0 >= low })
        candidates.removeFirst(candidates.partitioningIndex { $0 >= low })
        for sequence in newLog.changes(since: log, among: tested.clamped(to: kept)) {
            retest(sequence, in: newLog, isSelected)
        }
        if let now {
            for sequence in deadlines.passed(at: now) where low <= sequence {
                retest(sequence, in: newLog, isSelected)
            }
            deadlines.forget(before: low)
        } else {
            deadlines = NewsDeadlines()
        }
        for sequence in tested.upperBound..<kept.upperBound where test(sequence, in: newLog, isSelected) {
            sequences.append(sequence)
        }
        let room = testCandidates(in: newLog, isSelected)
        let oldest = low - min(low - kept.lowerBound, UInt64(room))
        let older = (oldest..<low).filter { test($0, in: newLog, isSelected) }
        if !older.isEmpty { sequences.insert(contentsOf: older, at: 0) }
        tested = oldest..<kept.upperBound
        isComplete = oldest == kept.lowerBound && candidates.isEmpty
        log = newLog
    }

    /// Tests the newest candidates, and returns how many other calls may be tested in the same go.
    private mutating func testCandidates(in log: LogSnapshot, _ isSelected: (CallRecord) -> Bool) -> Int {
        let newest = Array(candidates.suffix(Self.mostTests))
        guard !newest.isEmpty else { return Self.mostTests }
        candidates.removeLast(newest.count)
        let selected = newest.filter { test($0, in: log, isSelected) }
        if !selected.isEmpty { sequences.insert(contentsOf: selected, at: 0) }
        // Older calls come after all candidates.
        return candidates.isEmpty ? Self.mostTests - newest.count : 0
    }

    private mutating func test(_ sequence: UInt64, in log: LogSnapshot, _ isSelected: (CallRecord) -> Bool) -> Bool {
        guard let call = log[sequence] else { return false }
        deadlines[sequence] = call.newsDeadline
        return isSelected(call)
    }

    private mutating func retest(_ sequence: UInt64, in log: LogSnapshot, _ isSelected: (CallRecord) -> Bool) {
        if let newest = candidates.last, sequence <= newest {
            let place = candidates.partitioningIndex { $0 >= sequence }
            if candidates[place] != sequence { candidates.insert(sequence, at: place) }
            return
        }
        let place = sequences.partitioningIndex { $0 >= sequence }
        let wasSelected = place < sequences.count && sequences[place] == sequence
        guard test(sequence, in: log, isSelected) != wasSelected else { return }
        if wasSelected { sequences.remove(at: place) } else { sequences.insert(sequence, at: place) }
    }
}

/// When open calls will count as without news: the one thing about a call that changes by time alone.
private struct NewsDeadlines: Sendable {
    private var bySequence: [UInt64: Instant] = [:]
    /// No deadline is before it.
    private var next: Instant?
    /// From how many on those of evicted calls are looked for.
    private var mostKept = 1000
    /// When they were last looked at.
    private var lookedAt: Instant?

    subscript(sequence: UInt64) -> Instant? {
        get { bySequence[sequence] }
        set {
            bySequence[sequence] = newValue
            if let newValue { next = min(next ?? newValue, newValue) }
        }
    }

    /// Forgets calls that memory has no more, before they are as many again as there are others.
    mutating func forget(before oldest: UInt64) {
        guard bySequence.count > mostKept else { return }
        bySequence = bySequence.filter { $0.key >= oldest }
        mostKept = 2 * bySequence.count + 1000
    }

    mutating func restart() {
        bySequence.removeAll(keepingCapacity: true)
        (next, lookedAt) = (nil, nil)
    }

    /// Whether the clock was set back, so that what has passed may be still to come.
    func areAhead(of now: Instant) -> Bool { lookedAt.map { now < $0 } ?? false }

    /// The calls whose deadline has passed since this was asked last.
    mutating func passed(at now: Instant) -> [UInt64] {
        lookedAt = now
        guard let next, next <= now else { return [] }
        let passed = bySequence.filter { $0.value <= now }.map(\.key)
        for sequence in passed { bySequence[sequence] = nil }
        self.next = bySequence.values.min()
        return passed
    }
}
