// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import GRDB
import Overrides
import Signatures
import WireFormat

/// Writes the rules that a server used: each file once, by its content.
struct RevisionRows {
    let session: Int64
    /// How many bytes the contents of files may take together.
    let mostBytes: Int

    /// The largest file that is kept; of a larger one only the size is.
    static let largestFile = 16 << 20

    /// The share of a journal that files may take.
    static func mostBytes(of limits: JournalLimits) -> Int { limits.bytes / 4 }

    /// Writes rules, unless they are there.
    func write(_ rules: UsedRules, in database: Database) throws {
        let known = try Int64.fetchOne(
            database, sql: "SELECT id FROM revision WHERE session = ? AND used_at = ? AND revision = ?",
            arguments: [session, rules.at.microseconds, rules.revision])
        if let known {
            guard rules.isCorrection else { return }
            return try database.execute(
                sql: "UPDATE revision SET overrides = ?, overrides_at = ? WHERE id = ?",
                arguments: [
                    Data(JournalFormat.overrides(rules.overrides, callers: rules.callers)),
                    rules.overridesAt.microseconds, known,
                ])
        }
        try database.execute(
            sql: """
                INSERT INTO revision (session, revision, used_at, overrides, overrides_at) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                session, rules.revision, rules.at.microseconds,
                Data(JournalFormat.overrides(rules.overrides, callers: rules.callers)),
                rules.overridesAt.microseconds,
            ])
        let revision = database.lastInsertedRowID
        for (place, file) in rules.files.enumerated() {
            let content = try file.bytes.flatMap { bytes in try keep(bytes, in: database) }
            try database.execute(
                sql: "INSERT INTO revision_file (revision, place, path, role, size, content) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [revision, place, file.path, file.role.rawValue, file.size, content])
        }
        try makeRoom(keeping: revision, in: database)
    }

    /// Keeps a content, and returns its number; `nil` for one that is too large.
    private func keep(_ bytes: [UInt8], in database: Database) throws -> Int64? {
        guard bytes.count <= min(Self.largestFile, mostBytes) else { return nil }
        let digest = Data(ContentDigest.sha256(bytes))
        let known = try Int64.fetchOne(database, sql: "SELECT id FROM content WHERE digest = ?", arguments: [digest])
        if let known { return known }
        try database.execute(
            sql: "INSERT INTO content (digest, size, bytes) VALUES (?, ?, ?)",
            arguments: [digest, bytes.count, Data(bytes)])
        return database.lastInsertedRowID
    }

    /// Takes out the oldest contents while all together are too large; those of a revision stay.
    private func makeRoom(keeping revision: Int64, in database: Database) throws {
        var total = try Int.fetchOne(database, sql: "SELECT total(size) FROM content") ?? 0
        while total > mostBytes {
            let oldest = try Row.fetchOne(
                database,
                sql: """
                    SELECT id, size FROM content WHERE id NOT IN
                        (SELECT content FROM revision_file WHERE revision = ? AND content IS NOT NULL)
                    ORDER BY id LIMIT 1
                    """, arguments: [revision])
            guard let oldest else { return }
            try Self.takeOut(content: oldest["id"], in: database)
            total -= oldest["size"] as Int
        }
    }

    /// Takes a content out; the files that had it are only named from then on.
    static func takeOut(content: Int64, in database: Database) throws {
        try database.execute(sql: "UPDATE revision_file SET content = NULL WHERE content = ?", arguments: [content])
        try database.execute(sql: "DELETE FROM content WHERE id = ?", arguments: [content])
    }
}

// What is not needed any more.
extension RevisionRows {
    /// Takes out the rules that were replaced before everything that the journal still has, or before a moment if it has
    /// neither calls nor events.
    static func takeOutUnused(before moment: Int64, in database: Database) throws {
        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM (SELECT 1 FROM revision LIMIT 2)") == 2 else {
            return
        }
        let oldest = try [
            "SELECT min(heard_at) FROM call", "SELECT at FROM desk ORDER BY session, cursor LIMIT 1",
        ].compactMap { try Int64.fetchOne(database, sql: $0) }.min()
        let last = try Int64.fetchOne(
            database, sql: "SELECT max(id) FROM revision WHERE used_at <= ?", arguments: [oldest ?? moment])
        guard let last else { return }
        try database.execute(sql: "DELETE FROM revision WHERE id < ?", arguments: [last])
        guard database.changesCount > 0 else { return }
        try database.execute(sql: "DELETE FROM revision_file WHERE revision < ?", arguments: [last])
        try database.execute(
            sql: """
                DELETE FROM content WHERE id NOT IN
                    (SELECT content FROM revision_file WHERE content IS NOT NULL)
                """)
    }

    /// Notes what events of the desk left in force that are about to go.
    static func keepEffect(of events: [DeskRow], in database: Database) throws {
        guard let last = events.last?.at else { return }
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT id, overrides, overrides_at FROM revision WHERE used_at <= ? ORDER BY id DESC LIMIT 1
                """, arguments: [last.microseconds])
        guard let row else { return }
        let from = Instant(microseconds: row["overrides_at"])
        guard from < last else { return }
        let left = try JournalFormat.overrides(bytes(row["overrides"]))
        let callers = try JournalFormat.callers(bytes(row["overrides"]))
        let entries = try events.filter { $0.at > from }.flatMap { try $0.event().audit }
        try database.execute(
            sql: "UPDATE revision SET overrides = ?, overrides_at = ? WHERE id = ?",
            arguments: [
                Data(JournalFormat.overrides(left.applying(entries), callers: callers.applying(entries))),
                last.microseconds, row["id"] as Int64,
            ])
    }

    private static func bytes(_ data: Data?) -> [UInt8] { data.map(Array.init) ?? [] }
}

/// What was done at the desk, as its table has it.
struct DeskRow {
    let session: Int64
    let cursor: Int64
    let at: Instant
    private let document: [UInt8]

    init(_ row: Row) {
        session = row["session"]
        cursor = row["cursor"]
        at = Instant(microseconds: row["at"])
        document = Array(row["document"] as Data)
    }

    func event() throws(DocumentProblem) -> DeskEvent { try JournalFormat.desk(document) }
}
