// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import Foundation
import GRDB
import WireFormat

/// A call of a journal, as far as it is counted.
package struct PastCall: Sendable {
    package let number: Int64
    package let at: Instant
    package let caller: PhoneNumber?
    package let called: PhoneNumber?
    /// Whether an assistant-request was answered.
    package let isAnswered: Bool
}

/// When a server wrote a journal.
package struct PastSession: Hashable, Sendable {
    package let from: Instant
    /// When it ended; its newest call where it was killed.
    package let until: Instant
}

/// How many calls of a journal came to what.
package struct PastCounts: Hashable, Sendable {
    package var outcomes = OutcomeCounts()
    /// The same by the number that was called.
    package var lines: [PhoneNumber: OutcomeCounts] = [:]
    /// The answers of the calls that came in that time.
    package var answers = AnswerCounts()

    package init() {}
}

// What a server asks of the calls before it, off the answering path.
extension JournalReader {
    /// Hands out the calls below a number that began at an instant or later, the newest first, until `take` returns `false`.
    package func pastCalls(
        below number: Int64, since: Instant, _ take: (PastCall) -> Bool
    ) throws(JournalProblem) {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT number, heard_at, called, caller, decider IS NOT NULL FROM call
                    WHERE heard_at >= ? AND number < ? ORDER BY heard_at DESC
                    """,
                arguments: [since.microseconds, number])
            // Most calls are to a few lines, in a row.
            var lines = ReadNumbers()
            var callers = ReadNumbers()
            while let row = try rows.next() {
                let call = PastCall(
                    number: row[0], at: Instant(microseconds: row[1]), caller: callers.read(row[3]),
                    called: lines.read(row[2]), isAnswered: row[4])
                guard take(call) else { return }
            }
        }
    }

    /// Hands out how many calls came to a number in each quarter of an hour from an instant on, with the first and the last one.
    package func callsByQuarter(
        below number: Int64, since: Instant, _ take: (PhoneNumber, CallsOfQuarter) -> Void
    ) throws(JournalProblem) {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT called, heard_at / 900000000 AS quarter, count(*), min(heard_at), max(heard_at) FROM call
                    WHERE heard_at >= ? AND number < ? GROUP BY called, quarter
                    """,
                arguments: [since.microseconds, number])
            var lines = ReadNumbers()
            while let row = try rows.next() {
                guard let line = lines.read(row[0]) else { continue }
                take(
                    line,
                    CallsOfQuarter(
                        count: UInt32(clamping: row[2] as Int64), first: Instant(microseconds: row[3]),
                        last: Instant(microseconds: row[4])))
            }
        }
    }

    /// Hands out how calls ended, by their number.
    package func lastCalls(
        _ numbers: [Int64], _ take: (LastCall, PhoneNumber?) -> Void
    ) throws(JournalProblem) {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT id, heard_at, line, caller, document FROM call WHERE number = ?")
            for number in numbers {
                guard let row = try Row.fetchOne(statement, arguments: [number]) else { continue }
                let document = (row["document"] as Data?).map(Array.init) ?? []
                let call = try JournaledCall(document: document, answer: nil, entries: []).record(0)
                let last = LastCall(
                    id: CallID(row["id"] as String), at: Instant(microseconds: row["heard_at"]), line: row["line"],
                    report: call.report)
                take(last, (row["caller"] as String?).flatMap { PhoneNumber($0) })
            }
        }
    }

    /// When servers wrote the journal.
    package func sessions(since: Instant) throws(JournalProblem) -> [PastSession] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT started_at, ended_at,
                        lead(started_at) OVER (ORDER BY id) AS next FROM session ORDER BY id
                    """)
            return try rows.compactMap { row in
                let from: Int64 = row["started_at"]
                var until: Int64? = row["ended_at"]
                if until == nil {
                    until = try Int64.fetchOne(
                        database, sql: "SELECT max(heard_at) FROM call WHERE heard_at >= ? AND heard_at < ?",
                        arguments: [from, row["next"] as Int64? ?? .max])
                }
                guard let until, until > from, until > since.microseconds else { return nil }
                return PastSession(
                    from: Instant(microseconds: max(from, since.microseconds)), until: Instant(microseconds: until))
            }
        }
    }

    /// Counts the calls below a number by what they came to from an instant on; calls that may still be in progress at `now`
    /// are not among the outcomes.
    ///
    /// Of the calls that a log has `resumed`, and counts itself, only late answers count, which it does not know.
    package func counts(
        below number: Int64, from start: Instant, at now: Instant, resumed: Set<Int64> = []
    ) throws(JournalProblem) -> PastCounts {
        // A call that began the day before may have ended since.
        let earliest = start.advanced(bySeconds: -86_400).microseconds
        return try read { database in
            var counts = PastCounts()
            database.add(
                function: DatabaseFunction("switchboard_is_resumed", argumentCount: 1, pure: true) { values in
                    Int64.fromDatabaseValue(values[0]).map { resumed.contains($0) } ?? false
                })
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT called, outcome, applied, decider = ? AND heard_at >= ?, news_deadline,
                        switchboard_is_resumed(number), count(*) FROM call
                    WHERE heard_at >= ? AND number < ? AND (last_heard_at >= ? OR news_deadline >= ?)
                    GROUP BY 1, 2, 3, 4, 5, 6
                    """,
                arguments: [
                    Decider.deadline.description, start.microseconds, earliest, number, start.microseconds,
                    start.microseconds,
                ])
            while let row = try rows.next() {
                let (isResumed, count): (Bool, Int) = (row[5], row[6])
                var part = OutcomeCounts()
                if !isResumed {
                    if let outcome = Self.outcome(row[1], deadline: row[4], at: now) { part[outcome] = count }
                    if row[2] as String == Confirmation.notApplied.rawValue { part.notApplied = count }
                }
                if row[3] as Bool? ?? false { part.late = count }
                counts.outcomes = counts.outcomes + part
                guard let line = (row[0] as String?).flatMap({ PhoneNumber($0) }) else { continue }
                counts.lines[line] = (counts.lines[line] ?? OutcomeCounts()) + part
            }
            counts.answers = try Self.answers(below: number, from: start, in: database)
            return counts
        }
    }

    private static func answers(
        below number: Int64, from start: Instant, in database: Database
    ) throws -> AnswerCounts {
        var answers = AnswerCounts()
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT kind, decider, count(*) FROM call
                WHERE heard_at >= ? AND number < ? AND decider IS NOT NULL GROUP BY 1, 2
                """, arguments: [start.microseconds, number])
        while let row = try rows.next() {
            guard let kind = AnswerKind(rawValue: row[0] ?? "") else { continue }
            answers.count(kind, by: row[1], row[2])
        }
        return answers
    }

    private static let outcomes = Dictionary(uniqueKeysWithValues: CallOutcome.all.map { ($0.words, $0) })

    /// What a call is by now that was something else when it was written; `nil` while it may be in progress.
    private static func outcome(_ words: String, deadline: Int64?, at now: Instant) -> CallOutcome? {
        guard let outcome = outcomes[words] else { return nil }
        guard outcome.isOnLine else { return outcome }
        return deadline.map { $0 <= now.microseconds } ?? false ? .noNews : nil
    }
}

/// Reads numbers, of which the newest are often the same.
private struct ReadNumbers {
    private var text: String?
    private var number: PhoneNumber?

    mutating func read(_ text: String?) -> PhoneNumber? {
        if text != self.text {
            self.text = text
            number = text.flatMap { PhoneNumber($0) }
        }
        return number
    }
}
