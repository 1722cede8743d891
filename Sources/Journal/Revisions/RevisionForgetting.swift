// SPDX-License-Identifier: Apache-2.0

import Calls
import Foundation
import GRDB
import Overrides
import Signatures
import WireFormat

/// Removes a number from the files that a journal keeps.
enum RevisionForgetting {
    /// Removes a number, however it is spelled, from the contents of files and from the overrides of revisions; returns how
    /// many contents had it.
    ///
    /// A table of contacts goes as a whole, since its row has more of the person. In rules and lists the digits become
    /// zeros, so that they can still be read.
    static func forget(_ number: PhoneNumber, in database: Database) throws -> Int {
        let spellings = NumberSpellings(of: number)
        var count = 0
        // One at a time: a content may be large.
        for id in try Int64.fetchAll(database, sql: "SELECT id FROM content ORDER BY id") {
            guard let data = try Data.fetchOne(database, sql: "SELECT bytes FROM content WHERE id = ?", arguments: [id])
            else { continue }
            let (text, found) = spellings.blanking(Array(data))
            guard found > 0 else { continue }
            count += 1
            let hasContacts = try Bool.fetchOne(
                database, sql: "SELECT count(*) > 0 FROM revision_file WHERE content = ? AND role = ?",
                arguments: [id, UsedRules.Role.contacts.rawValue])
            guard hasContacts == false else {
                try RevisionRows.takeOut(content: id, in: database)
                continue
            }
            try replace(id, by: text, in: database)
        }
        for row in try Row.fetchAll(database, sql: "SELECT id, overrides FROM revision") {
            let kept = Array(row["overrides"] as Data)
            guard spellings.blanking(kept).count > 0 else { continue }
            let (text, _) = spellings.blanking(try without(number, kept))
            try database.execute(
                sql: "UPDATE revision SET overrides = ? WHERE id = ?", arguments: [Data(text), row["id"] as Int64])
        }
        return count
    }

    /// Overrides without those on a caller: with zeros in place of the number they would be on somebody else.
    private static func without(_ number: PhoneNumber, _ overrides: [UInt8]) throws -> [UInt8] {
        let callers = try JournalFormat.callers(overrides)
        guard callers[number] != nil else { return overrides }
        return JournalFormat.overrides(
            try JournalFormat.overrides(overrides),
            callers: CallerOverrides(callers.all.filter { $0.caller != number }))
    }

    /// Another content may be the same once the number is gone.
    private static func replace(_ id: Int64, by text: [UInt8], in database: Database) throws {
        let digest = Data(ContentDigest.sha256(text))
        let same = try Int64.fetchOne(
            database, sql: "SELECT id FROM content WHERE digest = ? AND id <> ?", arguments: [digest, id])
        guard let same else {
            return try database.execute(
                sql: "UPDATE content SET digest = ?, bytes = ?, size = ? WHERE id = ?",
                arguments: [digest, Data(text), text.count, id])
        }
        try database.execute(
            sql: "UPDATE revision_file SET content = ? WHERE content = ?", arguments: [same, id])
        try database.execute(sql: "DELETE FROM content WHERE id = ?", arguments: [id])
    }
}
