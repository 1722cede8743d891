// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

/// How many calls came in each minute, for longer than the log counts them; kept up to date call by call.
struct CallRate: Sendable {
    /// By minute since 1970.
    private var counts: [Int64: Int] = [:]
    /// The first minute of which the log's counts were seen, and of which all calls are in memory.
    private var noticed: Int64?
    private var remembered: Int64?
    /// The newest calls, as far as they were counted.
    private var counted: Range<UInt64> = 0..<0
    /// The same, by minute; a minute that the log counts, too, is not counted twice.
    private var inMemory: [Int64: Int] = [:]
    /// Whether there are older calls in memory that were not counted.
    private(set) var isComplete = true
    /// The newest minute that the log was asked for.
    private var noted: Int64?
    /// The moment of the record that is counted; `nil` for a server.
    private var moment: Instant?

    /// A day.
    private static let mostMinutes: Int64 = 1440
    /// How many calls are counted in one go, so that a key never waits long.
    private static let mostCalls = 2000

    /// The first minute of which all calls are known.
    var since: Int64? { [noticed, remembered].compactMap(\.self).min() }

    /// Takes what the log counts by the minute; costs nothing within a minute, unless it is wanted `always`.
    mutating func note(_ log: LogSnapshot, at now: Instant, of moment: Instant?, always: Bool) {
        let minute = now.seconds.flooredDivision(by: 60)
        guard always || minute != noted else { return }
        // A clock that was set back, another moment of a record, or minutes that nobody saw.
        let isUnbroken = noted.map { (0..<Int64(MinuteCounts.span)).contains(minute - $0) } ?? true
        if !isUnbroken || moment != self.moment { self = CallRate() }
        self.moment = moment
        noted = minute
        let known = log.totals.perMinute.counts(until: now, minutes: MinuteCounts.span)
        for (age, count) in known.reversed().enumerated() { counts[minute - Int64(age)] = count }
        let first = known.firstIndex { $0 > 0 }.map { minute - Int64(known.count - 1 - $0) }
        let oldest = minute - Self.mostMinutes
        noticed = [noticed, first].compactMap(\.self).min().map { max($0, oldest) }
        guard counts.count > 2 * Int(Self.mostMinutes) else { return }
        counts = counts.filter { $0.key >= oldest }
    }

    /// Counts the calls in memory, the newest first and a part of them at a time.
    mutating func follow(_ log: LogSnapshot) {
        let kept = log.sequences
        // Calls that came and went unseen leave a gap, and many new ones are counted a part at a time, too.
        if counted.upperBound < kept.lowerBound || counted.upperBound > kept.upperBound
            || kept.upperBound - counted.upperBound > Self.mostCalls
        {
            inMemory = [:]
            counted = kept.upperBound..<kept.upperBound
            remembered = nil
        }
        for sequence in counted.upperBound..<kept.upperBound { add(log[sequence]) }
        var low = max(counted.lowerBound, kept.lowerBound)
        var left = Self.mostCalls
        while low > kept.lowerBound, left > 0 {
            low -= 1
            left -= 1
            add(log[low])
        }
        counted = low..<kept.upperBound
        isComplete = low == kept.lowerBound
        guard let oldest = log[low].map({ Self.minute(of: $0) }) else { return }
        // Of the minute of the oldest call in memory others may be evicted.
        let first = isComplete && log.totals.evicted == 0 ? oldest : oldest + 1
        remembered = max(first, (noted ?? first) - Self.mostMinutes)
        guard inMemory.count > 2 * Int(Self.mostMinutes) else { return }
        inMemory = inMemory.filter { $0.key >= first }
    }

    private mutating func add(_ call: CallRecord?) {
        if let call { inMemory[Self.minute(of: call), default: 0] += 1 }
    }

    private static func minute(of call: CallRecord) -> Int64 { call.firstHeardAt.seconds.flooredDivision(by: 60) }

    /// Calls in each of a number of equal spans up to now, oldest first, and how many minutes a span has.
    func spans(until now: Instant, atMost most: Int) -> (counts: [Int], minutes: Int) {
        let minute = now.seconds.flooredDivision(by: 60)
        let first = min(since ?? minute, minute)
        // Not less than half an hour, so that a quiet start is not a single block.
        let all = max(30, Int(minute - first) + 1)
        let minutes = Self.steps.first { all <= $0 * most } ?? Int(Self.mostMinutes)
        let count = min(most, (all + minutes - 1) / minutes)
        let counts = (0..<count).reversed().map { age in
            (0..<minutes).reduce(0) { sum, offset in
                sum + self[minute - Int64(age * minutes + offset)]
            }
        }
        return (counts, minutes)
    }

    private subscript(minute: Int64) -> Int { max(counts[minute] ?? 0, inMemory[minute] ?? 0) }

    private static let steps = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120]
}

extension DashboardState {
    /// Goes on counting calls by the minute; those in memory only while the statistics are open.
    mutating func followCallRate() {
        let isOpen = page?.kind == .statistics
        callRate.note(log, at: now, of: record?.at, always: isOpen)
        if isOpen { callRate.follow(log) }
    }

    /// Whether calls in memory are still to be counted for the open statistics.
    var isCountingCalls: Bool { page?.kind == .statistics && !callRate.isComplete }
}
