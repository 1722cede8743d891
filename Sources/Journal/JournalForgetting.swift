// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
import Files
import Foundation
import GRDB
import Synchronization
import WireFormat

/// What forgetting a number did to a journal.
package struct Forgotten: Hashable, Sendable {
    /// Calls from or to the number: what they were stays, who it was does not.
    package var calls = 0
    /// Other rows in which the number was.
    package var others = 0
    /// Whether no free page and no part of the write-ahead log can have the number any more.
    package var isErased = true
    /// The calls from or to the number.
    package var own: Set<CallID> = []
}

extension JournalTools {
    /// Removes a number from a journal that no server writes.
    ///
    /// Its calls stay, so that counts stay, under a name that nothing leads back from. Their words, webhooks and replies go,
    /// since they may name the person; elsewhere only the number goes.
    package static func forget(_ forgotten: ForgottenNumber, in path: String) throws(JournalProblem) -> Forgotten {
        guard FileIdentity(path) != nil else { throw .vanished(file: path) }
        let file = try JournalFile(path)
        var forgetting = JournalForgetting(forgotten)
        while try forgetting.step(file) {}
        // A deleted row leaves no trace, but pages of an early version may have some.
        try file.run { database in
            try database.execute(sql: "VACUUM")
            _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try file.close()
        return forgetting.result
    }
}

/// Removes a number from a journal step by step, so that what comes meanwhile is written in between.
struct JournalForgetting {
    let forgotten: ForgottenNumber
    private(set) var result = Forgotten()
    private var phase = Phase.calls

    private enum Phase {
        case calls
        /// Rows of calls up to this number are done.
        case texts(upTo: Int64)
        case events
        case pages
        case log(attempts: Int)
        case done
    }

    /// How many calls one step looks through.
    private static let callsAtOnce: Int64 = 500
    /// How many pages one step gives back to the disk.
    private static let pagesAtOnce = 256
    /// How often the write-ahead log is tried, which a program that reads may keep.
    private static let mostAttempts = 50

    /// `calls` are calls of the number that the journal may not have.
    init(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID> = []) {
        self.forgotten = forgotten
        result.own = calls
    }

    /// Does a part; returns whether there is more.
    mutating func step(_ file: JournalFile) throws(JournalProblem) -> Bool {
        switch phase {
        case .calls:
            try file.run { try $0.execute(sql: "PRAGMA secure_delete = ON") }
            let forgotten = forgotten
            let own = try file.write { try Self.forgetCalls(of: forgotten, in: $0) }
            result.calls += own.count
            result.own.formUnion(own)
            phase = .texts(upTo: -1)
        case .texts(let last):
            let forgotten = forgotten
            let (count, next) = try file.write { database in
                let next = try Int64.fetchOne(
                    database,
                    sql: "SELECT max(number) FROM (SELECT number FROM call WHERE number > ? ORDER BY number LIMIT ?)",
                    arguments: [last, Self.callsAtOnce])
                guard let next else { return (0, Int64?.none) }
                return (try Self.blank(forgotten, Self.callTexts, last + 1, next, in: database), next)
            }
            result.others += count
            phase = next.map { .texts(upTo: $0) } ?? .events
        case .events:
            let (forgotten, own) = (forgotten, result.own)
            result.others += try file.write { database in
                let notes = try Self.removeNotes(on: own, of: forgotten, in: database)
                let blanked = try notes + Self.blank(forgotten, Self.eventTexts, .min, .max, in: database)
                // They are of rows that were counted.
                for sql in Self.facets { try database.execute(sql: sql) }
                return try blanked + RevisionForgetting.forget(forgotten.number, in: database)
            }
            phase = .pages
        case .pages:
            let isMore = try file.run { database in
                guard try DatabasePages(database).free > 0 else { return false }
                _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum(\(Self.pagesAtOnce))")
                return true
            }
            if !isMore { phase = .log(attempts: 0) }
        case .log(let attempts):
            let isBusy = try file.run { database in
                try Bool.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? false
            }
            guard isBusy, attempts < Self.mostAttempts else {
                try file.run { try $0.execute(sql: "PRAGMA secure_delete = FAST") }
                let erases = try file.erasesDeleted
                result.isErased = !isBusy && erases
                phase = .done
                return false
            }
            phase = .log(attempts: attempts + 1)
        case .done: return false
        }
        return true
    }

    /// Forgets the calls of the number; returns them.
    private static func forgetCalls(of forgotten: ForgottenNumber, in database: Database) throws -> [CallID] {
        var own: [CallID] = []
        // Those that were written again under the name still have their webhooks.
        let names = [forgotten.number.description, forgotten.name]
        let found = try Row.fetchAll(
            database, sql: "SELECT number, session FROM call WHERE caller IN (?, ?) OR called IN (?, ?)",
            arguments: StatementArguments(names + names))
        for row in found {
            let place: Int64 = row["number"]
            guard let record = try StoredCalls.some([place], in: database).first?.call.record(0),
                let call = record.without(forgotten)
            else { continue }
            own.append(record.id)
            for sql in [
                "DELETE FROM entry WHERE call = ?", "DELETE FROM answer WHERE call = ?",
                "DELETE FROM call WHERE number = ?",
            ] { try database.execute(sql: sql, arguments: [place]) }
            var facets = KnownFacets()
            try JournalRows(contents: KeptContents(bodies: true, transcripts: true), session: row["session"]).write(
                call, number: place, after: nil, &facets, in: database)
        }
        return own
    }

    /// Removes what was written on the calls from the events of the desk; returns how many had something of it.
    private static func removeNotes(
        on calls: Set<CallID>, of forgotten: ForgottenNumber, in database: Database
    ) throws -> Int {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT session, cursor, document FROM desk WHERE instr(document, ?) > 0",
            arguments: [Data(#""remark""#.utf8)])
        var changed: [(session: Int64, cursor: Int64, document: [UInt8])] = []
        while let row = try rows.next() {
            let event = try JournalFormat.desk(Array(row["document"] as Data))
            let cleaned = event.without(forgotten, notesOn: calls)
            if cleaned != event { changed.append((row["session"], row["cursor"], JournalFormat.desk(cleaned))) }
        }
        for (session, cursor, document) in changed {
            try database.execute(
                sql: "UPDATE desk SET document = ? WHERE session = ? AND cursor = ?",
                arguments: [Data(document), session, cursor])
        }
        return changed.count
    }

    /// Where people's words and numbers are.
    private struct Texts {
        let table: String
        /// The column with the number of the call, or with the session.
        let key: String
        let columns: [String]
    }

    private static let callTexts = [
        Texts(
            table: "call", key: "number",
            columns: [
                "id", "caller", "called", "line", "document", "caller_sent", "called_sent", "words", "reason",
                "summary",
                "notes", "marked",
            ]),
        Texts(table: "answer", key: "call", columns: ["document", "reply"]),
        Texts(table: "entry", key: "call", columns: ["document", "body"]),
    ]
    private static let eventTexts = [
        Texts(table: "desk", key: "session", columns: ["document"]),
        Texts(table: "refusal", key: "session", columns: ["document"]),
    ]

    /// The values of facets are keys: another one may be without the number what this one becomes.
    private static let facets = [
        """
        INSERT INTO facet (name, value, block)
            SELECT name, switchboard_without_number(value), block FROM facet WHERE switchboard_has_number(value)
        ON CONFLICT (name, value) DO UPDATE SET block = max(block, excluded.block)
        """, "DELETE FROM facet WHERE switchboard_has_number(value)",
    ]

    /// Removes the number wherever it is in some rows; returns how many rows had it.
    private static func blank(
        _ forgotten: ForgottenNumber, _ texts: [Texts], _ first: Int64, _ last: Int64, in database: Database
    ) throws -> Int {
        database.add(
            function: DatabaseFunction("switchboard_has_number", pure: true) { values in
                values.contains { bytes($0).map(forgotten.isIn) ?? false }
            })
        database.add(
            function: DatabaseFunction("switchboard_without_number", argumentCount: 1, pure: true) { values in
                switch values[0].storage {
                case .string(let text): forgotten.removed(from: text)
                case .blob(let data): Data(forgotten.removed(from: Array(data)))
                case .null, .int64, .double: values[0]
                }
            })
        var count = 0
        for rows in texts {
            let columns = rows.columns.joined(separator: ", ")
            let changes = rows.columns.map { "\($0) = switchboard_without_number(\($0))" }.joined(separator: ", ")
            try database.execute(
                sql: """
                    UPDATE \(rows.table) SET \(changes)
                    WHERE \(rows.key) BETWEEN ? AND ? AND switchboard_has_number(\(columns))
                    """, arguments: [first, last])
            count += database.changesCount
        }
        return count
    }

    private static func bytes(_ value: DatabaseValue) -> [UInt8]? {
        switch value.storage {
        case .string(let text): Array(text.utf8)
        case .blob(let data): Array(data)
        case .null, .int64, .double: nil
        }
    }
}

extension Journal {
    /// Removes a number from the journal while it is written; `nil` if that is not done within `seconds` and goes on.
    ///
    /// Memory must have forgotten it already, and its `calls`. Where another number is being forgotten this one waits.
    package func forget(
        _ forgotten: ForgottenNumber, notesOn calls: Set<CallID> = [], within seconds: Double
    ) -> Forgotten? {
        let request = ForgettingRequest(forgotten, notesOn: calls, after: log.cursor)
        state.withLock { $0.forgetting.append(request) }
        wakeFollower.raise()
        wakeWriter.raise()
        guard request.done.wait(seconds: seconds) else { return nil }
        return request.result
    }
}

/// A number that the writer of a journal is asked to forget.
final class ForgettingRequest: Sendable {
    let forgotten: ForgottenNumber
    /// Its calls in memory.
    let calls: Set<CallID>
    /// Events before this cursor may have the number.
    let cursor: UInt64
    let done = Gate()
    private let kept = Mutex<Forgotten?>(nil)

    init(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID> = [], after cursor: UInt64) {
        self.forgotten = forgotten
        self.calls = calls
        self.cursor = cursor
    }

    var result: Forgotten? { kept.withLock { $0 } }

    func finish(_ result: Forgotten) {
        kept.withLock { $0 = result }
        done.open()
    }
}
