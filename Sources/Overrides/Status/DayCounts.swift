// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What the counts since the start of the server lack, or have too much, for those of today.
///
/// Nothing is counted twice: at midnight the counts so far are put aside here, and at the start those of the record of calls.
package struct DayCounts: Hashable, Sendable {
    /// From when on calls count.
    package let since: Instant
    /// Whether that is the last midnight on the clock of the rules file; else calls of today may be missing.
    package let isWhole: Bool
    /// What is added to the counts since the start; calls that ring or are live are counted as they are.
    package let outcomes: OutcomeCounts
    /// The same by line.
    package let lines: [PhoneNumber: OutcomeCounts]
    /// What the day before came to; `nil` where nothing is known of it.
    package let yesterday: OutcomeCounts?
    /// The same by line; empty where nothing is known of it.
    package let yesterdayByLine: [PhoneNumber: OutcomeCounts]
    /// What is added to the answers since the start; `nil` where that is not known.
    package let answers: AnswerCounts?
    /// The answers of the day before; `nil` where nothing is known of them.
    package let yesterdaysAnswers: AnswerCounts?

    package init(
        since: Instant, isWhole: Bool, outcomes: OutcomeCounts = OutcomeCounts(),
        lines: [PhoneNumber: OutcomeCounts] = [:], yesterday: OutcomeCounts? = nil,
        yesterdayByLine: [PhoneNumber: OutcomeCounts] = [:], answers: AnswerCounts? = nil,
        yesterdaysAnswers: AnswerCounts? = nil
    ) {
        self.answers = answers
        self.yesterdaysAnswers = yesterday == nil ? nil : yesterdaysAnswers
        self.yesterday = yesterday?.withoutGauges
        self.yesterdayByLine = yesterday == nil ? [:] : yesterdayByLine.mapValues(\.withoutGauges)
        self.since = since
        self.isWhole = isWhole
        self.outcomes = outcomes.withoutGauges
        self.lines = lines.mapValues(\.withoutGauges)
    }

    /// Today's counts, given those since the start.
    package func today(_ counts: OutcomeCounts) -> OutcomeCounts { counts + outcomes }

    /// The day after this one, which begins with nothing, given the counts since the start.
    package func next(
        since midnight: Instant, _ counts: OutcomeCounts, _ lines: [PhoneNumber: OutcomeCounts], _ answers: AnswerCounts
    ) -> DayCounts {
        let none = OutcomeCounts()
        let numbers = Set(lines.keys).union(self.lines.keys)
        return DayCounts(
            since: midnight, isWhole: true, outcomes: none - counts, lines: lines.mapValues { none - $0 },
            yesterday: isWhole ? today(counts) : nil,
            yesterdayByLine: Dictionary(
                uniqueKeysWithValues: numbers.map { ($0, today(lines[$0] ?? none, of: $0)) }),
            answers: AnswerCounts() - answers, yesterdaysAnswers: isWhole ? today(answers) : nil)
    }

    /// Today's answers, given those since the start; `nil` where not all of them are known.
    package func today(_ answers: AnswerCounts) -> AnswerCounts? { isWhole ? self.answers.map { answers + $0 } : nil }

    /// Today's counts of a line.
    package func today(_ counts: OutcomeCounts, of line: PhoneNumber) -> OutcomeCounts {
        counts + (lines[line] ?? OutcomeCounts())
    }

    /// What the day before came to on a line; `nil` where nothing is known of it.
    package func yesterday(of line: PhoneNumber) -> OutcomeCounts? {
        yesterdayByLine.isEmpty ? nil : yesterdayByLine[line] ?? OutcomeCounts()
    }

    /// Whether the counts of lines are known, too; older servers do not send them.
    package var knowsLines: Bool { !lines.isEmpty || outcomes == OutcomeCounts() }
}

extension OutcomeCounts {
    fileprivate var withoutGauges: OutcomeCounts {
        var counts = self
        counts[.ringing] = 0
        counts[.live] = 0
        return counts
    }
}

/// What rules and texts that look back know of earlier calls.
package struct LookingBackStatus: Hashable, Sendable {
    /// From when on every call is remembered that they ask for.
    package let since: Instant
    /// Whether earlier ones are being read from the journal.
    package let isReading: Bool
    /// Whether calls had to be forgotten that they ask for, since they would take too much memory.
    package let isCutShort: Bool

    package init(since: Instant, isReading: Bool, isCutShort: Bool) {
        self.since = since
        self.isReading = isReading
        self.isCutShort = isCutShort
    }
}
