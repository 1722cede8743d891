// SPDX-License-Identifier: Apache-2.0

package import Calls
import GRDB

// Going through a journal.
extension JournalReader {
    /// How many calls have a number below one, and began at or after a moment.
    package func count(below number: Int64, from: Instant? = nil) throws(JournalProblem) -> Int {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM call WHERE number < ? AND heard_at >= ?",
                arguments: [number, from?.microseconds ?? .min]) ?? 0
        }
    }

    /// When a call began, counted from a moment on; `nil` if there are not as many.
    package func callTime(after moment: Instant, number: Int) throws(JournalProblem) -> Instant? {
        try read { database in
            try Int64.fetchOne(
                database, sql: "SELECT heard_at FROM call WHERE heard_at > ? ORDER BY heard_at LIMIT 1 OFFSET ?",
                arguments: [moment.microseconds, number]
            ).map { Instant(microseconds: $0) }
        }
    }

    /// When the first call after a moment began, or the last one before it.
    package func callTime(after moment: Instant, isForward: Bool) throws(JournalProblem) -> Instant? {
        try read { database in
            let sql =
                isForward
                ? "SELECT min(heard_at) FROM call WHERE heard_at > ?"
                : "SELECT max(heard_at) FROM call WHERE heard_at < ?"
            return try Int64.fetchOne(database, sql: sql, arguments: [moment.microseconds]).map {
                Instant(microseconds: $0)
            }
        }
    }
}
