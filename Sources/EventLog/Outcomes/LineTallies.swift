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
    /// The names of the lines in the rules file, by slot; those of lines that are gone, too.
    private var names: [String?] = [nil]

    /// More lines than this, over all rules files of a session, are counted with the numbers that are not lines.
    private static let mostLines = 20_000

    /// Takes the lines of a rules file; lines of earlier ones keep their counts.
    mutating func use(_ lines: [CountedLine]) {
        var used: [(CountedLine, LiveCalls.Gauge)] = []
        for line in lines {
            if counts.slots[line.number] == nil, gauges.count <= Self.mostLines {
                counts.add(line.number)
                gauges.append(LiveCalls.Gauge())
                names.append(nil)
            }
            guard let slot = counts.slots[line.number] else { continue }
            used.append((line, gauges[Int(slot)]))
            names[Int(slot)] = line.name
        }
        live.use(used)
    }

    func slot(of called: Party) -> Slot {
        called.number.flatMap { counts.slots[$0] } ?? 0
    }

    /// The name of a line in the rules file, which was read last with it; `nil` for a number that never was one.
    func name(of slot: Slot) -> String? { names[Int(slot)] }

    /// Compares the silence of lines with earlier sessions from now on.
    ///
    /// Returns what was used before, to be freed elsewhere.
    mutating func use(_ history: LineHistory) -> LineHistory? {
        defer { counts.history = history }
        return counts.history
    }

    /// Moves a call from where it was counted to where it counts now.
    mutating func move(from old: CallTally?, to new: CallTally) {
        if let old { count(old, by: -1) }
        count(new, by: 1)
        if old?.outcome != new.outcome { counts.noteEnding(new) }
    }

    /// Notes that a call of a line began.
    mutating func noteCall(in slot: Slot, at now: Instant) {
        counts.rhythms.note(slot, at: now)
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

    /// The line of a call that was over before the start: it is a row, and counts nothing.
    static let beforeTheStart: LineTallies.Slot = -1

    /// Whether the call counts since the start.
    var isCounted: Bool { line != Self.beforeTheStart }

    init(line: LineTallies.Slot, outcome: CallOutcome, isNotApplied: Bool = false) {
        self.line = line
        self.outcome = outcome
        self.isNotApplied = isNotApplied
    }
}

extension OutcomeCounts {
    /// Counts a call, or no longer for a negative number.
    mutating func count(_ tally: CallTally, by change: Int) {
        self[tally.outcome] += change
        if tally.isNotApplied { notApplied += change }
    }
}

/// The counts of every phone line at one moment.
package struct LineCounts: Sendable {
    private(set) var slots: [PhoneNumber: LineTallies.Slot] = [:]
    private var counts: [OutcomeCounts] = [OutcomeCounts()]
    /// See ``endings(on:)``; empty in a mirror.
    private var endings: [OutcomeCounts] = [OutcomeCounts()]
    fileprivate(set) var rhythms = LineRhythms()
    /// What another process found out about its lines; empty where calls are counted here.
    private var mirrored: [PhoneNumber: LineRhythm] = [:]
    /// What is usual by the record of earlier sessions; `nil` without one.
    fileprivate(set) var history: LineHistory?

    package init() {}

    /// The counts of a line; `nil` for a number that never was one.
    package subscript(line line: PhoneNumber) -> OutcomeCounts? { slots[line].map { counts[Int($0)] } }

    /// The counts of every line, by its number.
    package var byNumber: [PhoneNumber: OutcomeCounts] { slots.mapValues { counts[Int($0)] } }

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

    /// When a line was last called and what is usual at this hour of the day; `nil` for a number that never was a line.
    package func rhythm(of line: PhoneNumber, at now: Instant) -> LineRhythm? {
        mirrored[line] ?? slots[line].map { rhythm(of: line, $0, at: now) }
    }

    /// By the record of earlier sessions, as far as that says something, else by this session.
    private func rhythm(of line: PhoneNumber, _ slot: LineTallies.Slot, at now: Instant) -> LineRhythm {
        let own = rhythms.rhythm(of: slot, at: now)
        guard let history else { return own }
        return LineRhythm(
            lastCallAt: own.lastCallAt ?? history.lastCall(of: line),
            usualSeconds: history.usualSeconds(of: line, at: now) ?? own.usualSeconds)
    }

    /// What every line counts, by number; first the numbers that are not lines.
    package func all(at now: Instant) -> [LineCount] {
        let lines = slots.sorted { $0.key.digits < $1.key.digits }
        return [LineCount(number: nil, counts: counts[0], rhythm: .none)]
            + lines.map { line in
                LineCount(
                    number: line.key, counts: counts[Int(line.value)],
                    rhythm: mirrored[line.key] ?? rhythm(of: line.key, line.value, at: now))
            }
    }

    /// Takes the counts of a line as another process counted them.
    package mutating func take(_ count: LineCount) {
        guard let line = count.number else { return counts[0] = count.counts }
        mirrored[line] = count.rhythm
        let value = count.counts
        if slots[line] == nil { add(line) }
        if let slot = slots[line] { self[slot] = value }
    }

    mutating func add(_ line: PhoneNumber) {
        slots[line] = LineTallies.Slot(counts.count)
        counts.append(OutcomeCounts())
        endings.append(OutcomeCounts())
        rhythms.add()
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
    package let rhythm: LineRhythm

    package init(number: PhoneNumber?, counts: OutcomeCounts, rhythm: LineRhythm) {
        self.number = number
        self.counts = counts
        self.rhythm = rhythm
    }
}
