// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import Foundation
import GRDB
import WireFormat

// Going through a journal.
extension JournalReader {
    /// The calls above a number, the oldest first, each with its number in the journal; at most `limit`.
    package func calls(
        above number: Int64, from: Instant? = nil, until: Instant? = nil, limit: Int
    ) throws(JournalProblem) -> [NumberedCall] {
        try read { database in
            try StoredCalls.oldestFirst(from: from, until: until, above: number, limit: limit, in: database)
                .map { try $0.numbered() }
        }
    }

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

    /// The refused requests of a period, the oldest first; of more than `most` the newest.
    package func refusals(
        from: Instant, until: Instant, atMost most: Int
    ) throws(JournalProblem) -> [RefusedRequest] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT document FROM refusal WHERE at >= ? AND at <= ?
                    ORDER BY session DESC, cursor DESC LIMIT ?
                    """, arguments: [from.microseconds, until.microseconds, most])
            return try rows.reversed().map { try JournalFormat.refusal(Array($0["document"] as Data)) }
        }
    }
}
