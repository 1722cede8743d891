// SPDX-License-Identifier: Apache-2.0

import Calls
import GRDB

/// How much a journal keeps; the oldest calls go first.
package struct JournalLimits: Hashable, Sendable {
    package let days: Int
    package let calls: Int
    package let bytes: Int

    package init(days: Int, calls: Int, bytes: Int) {
        self.days = days
        self.calls = calls
        self.bytes = bytes
    }

    /// Calls from before this moment go.
    func oldest(at now: Instant) -> Instant { now.advanced(bySeconds: -Int64(days) * 86_400) }
}

/// Takes out what a journal does not keep, a few calls at a time, so that writing never waits for long.
struct JournalRetention {
    let limits: JournalLimits

    /// How many calls one step takes out.
    static let callsAtOnce = 250
    /// How many pages one step gives back to the disk.
    private static let pagesAtOnce = 256
    /// Fewer free pages stay for the next calls.
    private static let fewPages = 64
    /// Refused requests are many when somebody scans the server.
    private static let mostRefusals = 20_000

    /// What one step did.
    struct Step: Equatable {
        var calls = 0
        /// Whether there may be more to take out.
        var isMore = false
    }

    /// Takes out the oldest calls if there are too many, or they are too old or take too many bytes.
    func step(_ file: JournalFile, count: Int, at now: Instant) throws(JournalProblem) -> Step {
        let isTooLarge = try file.pages.usedBytes > limits.bytes
        let surplus = count - limits.calls
        let oldest = limits.oldest(at: now).microseconds
        var step = try file.write { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT number, heard_at FROM call ORDER BY number LIMIT ?",
                arguments: [Self.callsAtOnce])
            let old = rows.prefix { $0["heard_at"] < oldest }.count
            // The newest call stays, however large it is.
            let most = isTooLarge ? max(0, min(rows.count, count - 1)) : 0
            let going = rows.prefix(max(old, min(rows.count, max(0, surplus)), most))
            if let last: Int64 = going.last?["number"] {
                try Removals.note(upTo: last, in: database)
                for sql in Self.deletions { try database.cachedStatement(sql: sql).execute(arguments: [last]) }
                try KnownFacets.takeOut(upTo: last, in: database)
            }
            let events = try Self.takeOutEvents(before: oldest, in: database)
            try RevisionRows.takeOutUnused(before: oldest, in: database)
            let isFull = going.count == Self.callsAtOnce || events
            return Step(calls: going.count, isMore: isFull || (isTooLarge && !going.isEmpty))
        }
        if try giveBack(file) { step.isMore = true }
        return step
    }

    private static let deletions = [
        "DELETE FROM entry WHERE call <= ?", "DELETE FROM answer WHERE call <= ?", "DELETE FROM call WHERE number <= ?",
    ]

    /// Takes out refused requests and what was done at the desk; returns whether there may be more.
    private static func takeOutEvents(before oldest: Int64, in database: Database) throws -> Bool {
        var isMore = false
        for table in ["refusal", "desk"] {
            let surplus =
                table == "refusal"
                ? max(0, (try Int.fetchOne(database, sql: "SELECT count(*) FROM refusal") ?? 0) - mostRefusals) : 0
            let rows = try Row.fetchAll(
                database, sql: "SELECT session, cursor, at, document FROM \(table) ORDER BY session, cursor LIMIT ?",
                arguments: [callsAtOnce])
            let going = rows.prefix(max(rows.prefix { $0["at"] < oldest }.count, min(surplus, rows.count)))
            if table == "desk" { try RevisionRows.keepEffect(of: going.map(DeskRow.init), in: database) }
            for row in going {
                try database.cachedStatement(sql: "DELETE FROM \(table) WHERE session = ? AND cursor = ?")
                    .execute(arguments: [row["session"] as Int64, row["cursor"] as Int64])
            }
            isMore = isMore || going.count == callsAtOnce
        }
        return isMore
    }

    /// Gives free pages back to the disk where the file is too large or a good part of it is free; new calls use the others.
    private func giveBack(_ file: JournalFile) throws(JournalProblem) -> Bool {
        try file.run { database in
            let pages = try DatabasePages(database)
            guard pages.free > Self.fewPages, pages.bytes > limits.bytes || pages.free * 4 > pages.count else {
                return false
            }
            _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum(\(Self.pagesAtOnce))")
            return true
        }
    }
}
