// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The counts of every phone line; a call keeps its line when the rules file changes.
struct LineTallies: Sendable {
    /// A place in `counts`; 0 is for numbers that are not lines.
    typealias Slot = Int32

    private(set) var counts = LineCounts()
    /// The calls that ring or are live, by slot.
    private var gauges: [LiveCalls.Gauge] = [LiveCalls.Gauge()]
    let live = LiveCalls()

    /// More lines than this, over all rules files of a session, are counted with the numbers that are not lines.
    private static let mostLines = 20_000

    /// Takes the lines of a rules file; lines of earlier ones keep their counts.
    mutating func use(_ lines: [CountedLine]) {
        var used: [(CountedLine, LiveCalls.Gauge)] = []
        for line in lines {
            if counts.slots[line.number] == nil, gauges.count <= Self.mostLines {
                counts.add(line.number)
                gauges.append(LiveCalls.Gauge())
            }
            if let slot = counts.slots[line.number] { used.append((line, gauges[Int(slot)])) }
        }
        live.use(used)
    }

    func slot(of called: Party) -> Slot {
        called.number.flatMap { counts.slots[$0] } ?? 0
    }

    /// Moves a call from where it was counted to where it counts now.
    mutating func move(from old: CallTally?, to new: CallTally) {
        if let old { count(old, by: -1) }
        count(new, by: 1)
        if old?.outcome != new.outcome { counts.noteEnding(new) }
    }

    mutating func countLate(in slot: Slot) {
        counts[slot].late += 1
    }

    private mutating func count(_ tally: CallTally, by change: Int) {
        counts[tally.line].count(tally, by: change)
        if tally.outcome.isOnLine { gauges[Int(tally.line)].add(change) }
    }
}

/// What a call counts as.
struct CallTally: Hashable, Sendable {
    let line: LineTallies.Slot
    let outcome: CallOutcome
    let isNotApplied: Bool

    init(line: LineTallies.Slot, outcome: CallOutcome, isNotApplied: Bool = false) {
        self.line = line
        self.outcome = outcome
        self.isNotApplied = isNotApplied
    }
}

/// The counts of every phone line at one moment.
package struct LineCounts: Sendable {
    private(set) var slots: [PhoneNumber: LineTallies.Slot] = [:]
    private var counts: [OutcomeCounts] = [OutcomeCounts()]
    /// See ``endings(on:)``; empty in a mirror.
    private var endings: [OutcomeCounts] = [OutcomeCounts()]

    package init() {}

    /// The counts of a line; `nil` for a number that never was one.
    package subscript(line line: PhoneNumber) -> OutcomeCounts? { slots[line].map { counts[Int($0)] } }

    /// How often a call of a line came to each outcome, for readers that must never see a number shrink: a call that was
    /// rejected may be live after all.
    package func endings(on line: PhoneNumber) -> OutcomeCounts? { slots[line].map { endings[Int($0)] } }

    subscript(slot: LineTallies.Slot) -> OutcomeCounts {
        get { counts[Int(slot)] }
        set { counts[Int(slot)] = newValue }
    }

    /// The counts of every number that is not one of these lines, which with theirs add up to all.
    package func others(than lines: some Sequence<PhoneNumber>) -> OutcomeCounts {
        sum(of: counts, without: lines)
    }

    /// The same of ``endings(on:)``.
    package func otherEndings(than lines: some Sequence<PhoneNumber>) -> OutcomeCounts {
        sum(of: endings, without: lines)
    }

    private func sum(of counts: [OutcomeCounts], without lines: some Sequence<PhoneNumber>) -> OutcomeCounts {
        let named = Set(lines.compactMap { slots[$0] })
        return counts.enumerated().reduce(OutcomeCounts()) { sum, item in
            named.contains(LineTallies.Slot(item.offset)) ? sum : sum + item.element
        }
    }

    /// What every line counts, by number; first the numbers that are not lines.
    package var all: [LineCount] {
        let lines = slots.sorted { $0.key.digits < $1.key.digits }
        return [LineCount(number: nil, counts: counts[0])]
            + lines.map { LineCount(number: $0.key, counts: counts[Int($0.value)]) }
    }

    /// Sets the counts of a line as another process counted them; `nil` for the numbers that are not lines.
    package mutating func set(_ line: PhoneNumber?, _ value: OutcomeCounts) {
        guard let line else { return counts[0] = value }
        if slots[line] == nil { add(line) }
        if let slot = slots[line] { self[slot] = value }
    }

    mutating func add(_ line: PhoneNumber) {
        slots[line] = LineTallies.Slot(counts.count)
        counts.append(OutcomeCounts())
        endings.append(OutcomeCounts())
    }

    mutating func noteEnding(_ tally: CallTally) {
        endings[Int(tally.line)][tally.outcome] += 1
    }
}

/// What one line counts.
package struct LineCount: Hashable, Sendable {
    /// `nil` for the numbers that are not lines.
    package let number: PhoneNumber?
    package let counts: OutcomeCounts

    package init(number: PhoneNumber?, counts: OutcomeCounts) {
        self.number = number
        self.counts = counts
    }
}
