// SPDX-License-Identifier: Apache-2.0

package import Calls
import GRDB

/// Until when the calls were heard of that a journal had, or its server knew, and that it has no more.
enum Removals {
    /// Notes calls up to a number that are about to go.
    static func note(upTo number: Int64, in database: Database) throws {
        // One that was in progress may count until its deadline.
        let last = try Int64.fetchOne(
            database.cachedStatement(
                sql: "SELECT max(max(last_heard_at, coalesce(news_deadline, 0))) FROM call WHERE number <= ?"),
            arguments: [number])
        if let last { try note(Instant(microseconds: last), in: database) }
    }

    /// Notes that calls are gone that were heard of until a moment.
    static func note(_ moment: Instant, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO removal (id, heard_until) VALUES (0, ?)
                ON CONFLICT (id) DO UPDATE SET heard_until = max(heard_until, excluded.heard_until)
                """
        ).execute(arguments: [moment.microseconds])
    }

    /// Until when calls were heard of that are gone; `nil` if none are.
    static func last(in database: Database) throws -> Instant? {
        try Int64.fetchOne(database, sql: "SELECT heard_until FROM removal").map { Instant(microseconds: $0) }
    }
}

extension JournalReader {
    /// Until when calls were heard of that the journal has no more, since there was no room for them or its file was damaged;
    /// `nil` if it has all that it ever had.
    package func removedUntil() throws(JournalProblem) -> Instant? {
        try read { database in try Removals.last(in: database) }
    }
}
