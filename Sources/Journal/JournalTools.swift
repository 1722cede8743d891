// SPDX-License-Identifier: Apache-2.0

import Files
import Foundation
import GRDB
import Glibc

/// What an operator does with the file of a journal, while a server may be writing it.
package enum JournalTools {
    /// How long a server may keep the file busy, in seconds.
    private static let patience = 10.0

    /// Copies a journal as it is at one moment into a new file, for its owner only.
    ///
    /// The copy appears under its name once it is whole.
    package static func backup(_ path: String, to copy: String) throws(JournalProblem) {
        _ = try JournalReader(path)
        let draft = draft(of: copy)
        do {
            guard FileIdentity(copy) == nil else { throw FileProblem(copy, words: "a file of that name exists") }
            defer { remove(draft) }
            try write(path, into: draft)
            // A hard link fails if the name was taken in the meantime.
            guard link(draft, copy) == 0 else { throw FileProblem(copy, number: errno) }
        } catch {
            throw JournalProblem(error, file: isOfReading(error) ? path : copy)
        }
    }

    /// Whether a copy failed because of the journal, which is only read; a full disk is that of the copy.
    private static func isOfReading(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return true }
        switch error.resultCode {
        case .SQLITE_FULL: return false
        case .SQLITE_IOERR:
            return [.SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ].contains(error.extendedResultCode)
        default: return true
        }
    }

    /// The name under which a file is written that is not whole yet.
    static func draft(of path: String) -> String { "\(path).\(getpid()).new" }

    /// Writes a journal as it is now into a new file, for its owner only; it is on the disk when this returns.
    static func write(_ path: String, into draft: String) throws {
        let number = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw FileProblem(draft, number: errno) }
        _ = Glibc.close(number)
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        let source = try DatabaseQueue(path: path, configuration: configuration)
        try source.inDatabase { database in
            // A draft that exists and is empty is written by VACUUM INTO as well.
            try database.execute(sql: "VACUUM INTO ?", arguments: [draft])
        }
        try source.close()
        try sync(draft)
    }

    /// Brings a journal of an earlier version up to date, which no server may be writing; returns whether it had to be.
    package static func upgrade(_ path: String) throws(JournalProblem) -> Bool {
        do throws(JournalProblem) {
            _ = try JournalReader(path)
            return false
        } catch {
            guard case .earlier = error else { throw error }
        }
        try JournalFile(path).close()
        return true
    }

    /// Gives what is free in a journal back to the disk; a server that writes it waits meanwhile.
    package static func compact(_ path: String) throws(JournalProblem) {
        _ = try JournalReader(path)
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(patience)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { database in
                try database.execute(sql: "VACUUM")
                _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try queue.close()
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// Removes a draft with the files that SQLite makes next to it.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { _ = unlink(path + suffix) }
    }

    private static func sync(_ path: String) throws {
        let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC))
        guard file.number >= 0, fsync(file.number) == 0 else { throw FileProblem(path, number: errno) }
    }
}
