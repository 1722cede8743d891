// SPDX-License-Identifier: Apache-2.0

package import Calls
import Foundation
import GRDB
package import Overrides
import WireFormat

/// The rules that a server used, as a journal has them.
package struct KeptRevision: Sendable {
    /// Its place among the revisions of the journal.
    package let number: Int64
    package let revision: String
    /// From when on they were in use.
    package let usedAt: Instant
    /// The overrides in force at a moment, which later events of the desk change.
    package let overrides: [Override]
    /// Those on callers.
    package let callers: CallerOverrides
    package let overridesAt: Instant
    /// The rules file, and then the files that it names.
    package let files: [File]

    package struct File: Hashable, Sendable {
        package let path: String
        package let role: UsedRules.Role
        /// How many bytes it had.
        package let size: Int
        /// `nil` where the journal does not have them: they are left out, too large, or were taken out for newer ones.
        package let bytes: [UInt8]?
    }
}

/// The time from the start of a server to its end.
package struct JournalSession: Hashable, Sendable {
    package let startedAt: Instant
    /// `nil` for a server that runs, or that ended without saying so.
    package let endedAt: Instant?
    /// The newest thing that it wrote; the start if there is none.
    package let lastHeardAt: Instant

    /// Until when it is known what the server did.
    package var knownUntil: Instant { max(endedAt ?? lastHeardAt, lastHeardAt) }
}

extension JournalReader {
    /// The rules in use at a moment; `nil` where the journal does not know them.
    package func revision(at moment: Instant) throws(JournalProblem) -> KeptRevision? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM (\(Self.used)) WHERE used_at <= ? ORDER BY id DESC LIMIT 1",
                arguments: [moment.microseconds])
            guard let row else { return nil }
            let files = try Row.fetchAll(
                database,
                sql: """
                    SELECT path, role, revision_file.size AS size, content.bytes AS bytes
                    FROM revision_file LEFT JOIN content ON content.id = revision_file.content
                    WHERE revision = ? ORDER BY place
                    """, arguments: [row["id"] as Int64])
            return KeptRevision(
                number: row["id"], revision: row["revision"], usedAt: Instant(microseconds: row["used_at"]),
                overrides: try JournalFormat.overrides(Array(row["overrides"] as Data)),
                callers: try JournalFormat.callers(Array(row["overrides"] as Data)),
                overridesAt: Instant(microseconds: row["overrides_at"]),
                files: files.map { file in
                    KeptRevision.File(
                        path: file["path"], role: UsedRules.Role(rawValue: file["role"]) ?? .named,
                        size: file["size"], bytes: (file["bytes"] as Data?).map(Array.init))
                })
        }
    }

    /// The revisions; the first one of a session was read before the session began, and is used from its start.
    private static let used = """
        SELECT id, revision, overrides, min(used_at, start) AS used_at,
            CASE WHEN overrides_at = used_at THEN min(used_at, start) ELSE overrides_at END AS overrides_at
        FROM (
            SELECT *, CASE WHEN id = (SELECT min(id) FROM revision AS other WHERE other.session = revision.session)
                THEN coalesce((SELECT started_at FROM session WHERE session.id = revision.session), used_at)
                ELSE used_at END AS start
            FROM revision)
        """

    /// When other rules began to be used, the oldest first.
    package func revisionTimes() throws(JournalProblem) -> [Instant] {
        try read { database in
            try Int64.fetchAll(database, sql: "SELECT used_at FROM (\(Self.used)) ORDER BY id").map {
                Instant(microseconds: $0)
            }
        }
    }

    /// The sessions, the oldest first.
    package func sessions() throws(JournalProblem) -> [JournalSession] {
        try read { database in
            let desk = try Row.fetchAll(database, sql: "SELECT session, max(at) AS at FROM desk GROUP BY session")
            let events = Dictionary(desk.map { ($0["session"] as Int64, $0["at"] as Int64) }) { first, _ in first }
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, started_at, ended_at FROM session ORDER BY id")
            return try rows.enumerated().map { index, row in
                let (id, start): (Int64, Int64) = (row["id"], row["started_at"])
                let next = index + 1 < rows.count ? rows[index + 1]["started_at"] as Int64 : .max
                // A call may be heard of in a later session; an old one among many is not looked for.
                let heard = try Int64.fetchOne(
                    database,
                    sql: """
                        SELECT max(min(last_heard_at, ? - 1)) FROM
                            (SELECT last_heard_at FROM call WHERE heard_at >= ? AND heard_at < ? ORDER BY heard_at DESC LIMIT 2000)
                        """, arguments: [next, start, next])
                let last = [start, heard, events[id]].compactMap(\.self).max() ?? start
                return JournalSession(
                    startedAt: Instant(microseconds: start),
                    endedAt: (row["ended_at"] as Int64?).map { Instant(microseconds: $0) },
                    lastHeardAt: Instant(microseconds: last))
            }
        }
    }
}
