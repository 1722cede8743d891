// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import Files
import Foundation
import GRDB
import WireFormat

/// Reads the calls of a journal, while a server may be writing it.
package final class JournalReader: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    /// How long reading waits for another program, in seconds.
    private static let patience = 5.0

    /// Opens a journal that is there.
    package init(_ path: String) throws(JournalProblem) {
        self.path = path
        if let identity = FileIdentity(path), !identity.isRegularFile {
            throw .other(file: path, words: "it is not a regular file")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "journal"
        configuration.busyMode = .timeout(Self.patience)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { database in
                let migrator = JournalSchema.migrator
                guard try !migrator.hasBeenSuperseded(database) else { throw JournalProblem.newer(file: path) }
                guard try !migrator.appliedIdentifiers(database).isEmpty else {
                    throw JournalProblem.foreign(file: path)
                }
                guard try migrator.hasCompletedMigrations(database) else {
                    throw JournalProblem.earlier(file: path)
                }
            }
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// The calls of a period below a number, newest first, each with its number in the journal; at most `limit`.
    ///
    /// To go on, ask below the number of the last one.
    package func calls(
        from: Instant? = nil, until: Instant? = nil, below number: Int64? = nil, limit: Int
    ) throws(JournalProblem) -> [NumberedCall] {
        try numbered { database in
            try StoredCalls.page(.newestFirst, from: from, until: until, after: number, limit: limit, in: database)
        }
    }

    /// The calls of a period above a number, the oldest first, each with its number in the journal; at most `limit`.
    package func calls(
        above number: Int64, from: Instant? = nil, until: Instant? = nil, limit: Int
    ) throws(JournalProblem) -> [NumberedCall] {
        try numbered { database in
            try StoredCalls.page(.oldestFirst, from: from, until: until, after: number, limit: limit, in: database)
        }
    }

    /// Reads calls, and makes records of them outside of the transaction.
    func numbered(_ body: (Database) throws -> [StoredCalls]) throws(JournalProblem) -> [NumberedCall] {
        let stored = try read(body)
        do throws(DocumentProblem) {
            var calls: [NumberedCall] = []
            for call in stored { calls.append(try call.numbered()) }
            return calls
        } catch {
            throw .damaged(file: path, words: error.description)
        }
    }

    /// Reads with the words of the journal for what goes wrong.
    func read<Result>(_ body: (Database) throws -> Result) throws(JournalProblem) -> Result {
        do {
            return try queue.read(body)
        } catch let problem as DocumentProblem {
            throw .damaged(file: path, words: problem.description)
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// Facts about the journal, for people.
    package func facts() throws(JournalProblem) -> JournalFacts {
        try read { database in
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM call") ?? 0
            let sessions = try Int.fetchOne(database, sql: "SELECT count(*) FROM session") ?? 0
            let refused = try Int.fetchOne(database, sql: "SELECT count(*) FROM refusal") ?? 0
            let desk = try Int.fetchOne(database, sql: "SELECT count(*) FROM desk") ?? 0
            let range = try Row.fetchOne(database, sql: "SELECT min(heard_at) AS a, max(heard_at) AS b FROM call")
            let pages = try DatabasePages(database)
            return JournalFacts(
                calls: count, sessions: sessions, refusedRequests: refused, deskEvents: desk,
                oldest: (range?["a"] as Int64?).map { Instant(microseconds: $0) },
                newest: (range?["b"] as Int64?).map { Instant(microseconds: $0) }, bytes: pages.bytes,
                freeBytes: pages.freeBytes)
        }
    }

    /// What was done at the desk, the oldest first; of more than `most` the newest.
    package func deskEvents(atMost most: Int = .max) throws(JournalProblem) -> [DeskEvent] {
        try documents(
            "SELECT document FROM desk ORDER BY session DESC, cursor DESC LIMIT ?", [most], JournalFormat.desk)
    }

    /// The requests that were refused in a period, the oldest first; of more than `most` the newest.
    package func refusals(
        from: Instant? = nil, until: Instant? = nil, atMost most: Int = .max
    ) throws(JournalProblem) -> [RefusedRequest] {
        try documents(
            "SELECT document FROM refusal WHERE at >= ? AND at <= ? ORDER BY session DESC, cursor DESC LIMIT ?",
            [from?.microseconds ?? .min, until?.microseconds ?? .max, most], JournalFormat.refusal)
    }

    /// The requests that were refused in a period and that a running server does not know by their time, the oldest first: those
    /// of other sessions, and of its own those before the oldest one that it has in memory; with how many of its own there are,
    /// whenever they came.
    func refusals(
        in period: Period, besides session: String, from oldest: Instant?
    ) throws(JournalProblem) -> (requests: [RefusedRequest], ofSession: Int) {
        let oldest = oldest?.microseconds ?? .min
        let requests = try documents(
            """
            SELECT document FROM refusal WHERE at >= ? AND at < ?
                AND (at < ? OR session NOT IN (SELECT id FROM session WHERE key = ?)) ORDER BY session DESC, cursor DESC
            """,
            [period.since?.microseconds ?? .min, period.until?.microseconds ?? .max, oldest, session],
            JournalFormat.refusal)
        let ofSession = try read { database in
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM refusal WHERE at < ? AND session IN (SELECT id FROM session WHERE key = ?)",
                arguments: [oldest, session]) ?? 0
        }
        return (requests, ofSession)
    }

    /// Documents that a statement selects, the newest first; returns the oldest first.
    private func documents<Value>(
        _ sql: String, _ arguments: StatementArguments, _ decode: ([UInt8]) throws(DocumentProblem) -> Value
    ) throws(JournalProblem) -> [Value] {
        let stored = try read { database in try Data.fetchAll(database, sql: sql, arguments: arguments) }
        do throws(DocumentProblem) {
            var values: [Value] = []
            for document in stored.reversed() { values.append(try decode(Array(document))) }
            return values
        } catch {
            throw .damaged(file: path, words: error.description)
        }
    }

    /// What is wrong with the file, a sentence each; empty if it is whole.
    package func check() throws(JournalProblem) -> [String] {
        do {
            return try queue.inDatabase { database in
                let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
                let orphans =
                    try Int.fetchOne(
                        database,
                        sql: """
                            SELECT (SELECT count(*) FROM answer WHERE call NOT IN (SELECT number FROM call))
                                + (SELECT count(*) FROM entry WHERE call NOT IN (SELECT number FROM call))
                            """) ?? 0
                return found + (orphans > 0 ? ["\(orphans) rows belong to no call"] : [])
            }
        } catch {
            throw JournalProblem(error, file: path)
        }
    }
}

/// A call of a journal.
package struct NumberedCall: Sendable {
    /// Its number in the journal, from 0; newer calls have larger ones.
    package let number: Int64
    package let call: CallRecord
}

/// What a journal holds.
package struct JournalFacts: Hashable, Sendable {
    package let calls: Int
    /// How often a server began to write it.
    package let sessions: Int
    package let refusedRequests: Int
    package let deskEvents: Int
    package let oldest: Instant?
    package let newest: Instant?
    package let bytes: Int
    /// What of the file is free for new calls.
    package let freeBytes: Int
}

/// The parts of calls as the tables have them.
struct StoredCalls {
    let number: Int64
    let call: JournaledCall

    /// The call with its number as its place.
    func numbered() throws(DocumentProblem) -> NumberedCall {
        NumberedCall(number: number, call: try call.record(UInt64(max(0, number))))
    }

    private static let columns = """
        SELECT call.number AS number, call.document AS document, answer.document AS answer, answer.reply AS reply
        FROM call LEFT JOIN answer ON answer.call = call.number
        """

    /// Some calls of a period in an order, after the one with a number.
    static func page(
        _ order: JournalScan.Order, from: Instant? = nil, until: Instant? = nil, after number: Int64?, limit: Int,
        in database: Database
    ) throws -> [StoredCalls] {
        let (comparison, direction, start): (String, String, Int64) =
            switch order {
            case .newestFirst: ("<", "DESC", .max)
            case .oldestFirst: (">", "ASC", .min)
            }
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    \(columns) WHERE call.number \(comparison) ? AND call.heard_at >= ? AND call.heard_at < ?
                    ORDER BY call.number \(direction) LIMIT ?
                    """),
            arguments: [
                number ?? start, from?.microseconds ?? .min, until?.microseconds ?? .max, limit,
            ])
        return try withEntries(rows, in: database)
    }

    private static func withEntries(_ rows: [Row], in database: Database) throws -> [StoredCalls] {
        let numbers = rows.map { $0["number"] as Int64 }
        guard let oldest = numbers.min(), let newest = numbers.max() else { return [] }
        let entries = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT call, document, body FROM entry WHERE call BETWEEN ? AND ? ORDER BY call, place"),
            arguments: [oldest, newest])
        return try calls(rows, with: entries)
    }

    /// The calls with these numbers that are there, in their order; at most ``JournalScan/pageSize``.
    static func some(_ numbers: [Int64], in database: Database) throws -> [StoredCalls] {
        let places = NumberList.places(JournalScan.pageSize)
        let arguments = NumberList.arguments(numbers, JournalScan.pageSize)
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: "\(columns) WHERE call.number IN (\(places))"),
            arguments: arguments)
        let entries = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT call, document, body FROM entry WHERE call IN (\(places)) ORDER BY call, place"),
            arguments: arguments)
        let found = try calls(rows, with: entries)
        let byNumber = Dictionary(found.map { ($0.number, $0) }) { first, _ in first }
        return numbers.compactMap { byNumber[$0] }
    }

    private static func calls(_ rows: [Row], with cursor: RowCursor) throws -> [StoredCalls] {
        var entries: [Int64: [(document: [UInt8], body: [UInt8])]] = [:]
        while let row = try cursor.next() {
            entries[row["call"], default: []].append((bytes(row["document"]), bytes(row["body"])))
        }
        return rows.map { row in
            let number: Int64 = row["number"]
            let answer: (document: [UInt8], reply: [UInt8])? = (row["answer"] as Data?).map {
                (Array($0), bytes(row["reply"]))
            }
            return StoredCalls(
                number: number,
                call: JournaledCall(
                    document: bytes(row["document"]), answer: answer, entries: entries[number] ?? []))
        }
    }

    private static func bytes(_ data: Data?) -> [UInt8] { data.map(Array.init) ?? [] }
}
