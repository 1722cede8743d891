// SPDX-License-Identifier: Apache-2.0

package import Files
import GRDB

/// Why a journal cannot be used.
package enum JournalProblem: Error, Hashable, Sendable {
    /// A later version of the program wrote it.
    case newer(file: String)
    /// An earlier version wrote it, and a start has to bring it up to date.
    case earlier(file: String)
    /// It is a database, of another program or empty.
    case foreign(file: String)
    /// It is not a database, or parts of it are gone.
    case damaged(file: String, words: String)
    /// The file or its folder was removed or replaced while it was open.
    case vanished(file: String)
    /// Another server writes it.
    case inUse(file: String)
    /// Another program keeps it locked.
    case locked(file: String)
    case full(file: String)
    case readOnly(file: String)
    /// Its folder cannot be used.
    case folder(FileProblem)
    case other(file: String, words: String)

    /// Whether trying again may help.
    package var isPassing: Bool {
        switch self {
        case .newer: false
        case .earlier, .foreign, .damaged, .vanished, .inUse, .locked, .full, .readOnly, .folder, .other: true
        }
    }

    /// What SQLite says of a file; without the statement and its arguments, which hold phone numbers.
    init(_ error: any Error, file: String) {
        if let problem = error as? JournalProblem {
            self = problem
            return
        }
        if let problem = error as? FileProblem {
            self = .folder(problem)
            return
        }
        guard let error = error as? DatabaseError else {
            self = .other(file: file, words: "it cannot be written")
            return
        }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged(file: file, words: error.message ?? "it is not a database")
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(file: file)
        case .SQLITE_FULL: self = .full(file: file)
        case .SQLITE_READONLY: self = .readOnly(file: file)
        case .SQLITE_CANTOPEN: self = .other(file: file, words: "it cannot be opened")
        case .SQLITE_IOERR: self = .other(file: file, words: "the disk reports an error")
        default: self = .other(file: file, words: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }
}

extension JournalProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .newer(let file):
            "\(file) is from a later version of switchboard; install that version, or move the file away and restart"
        case .earlier(let file):
            "\(file) is from an earlier version; `switchboard journal upgrade` or a start of its server brings it up to date"
        case .foreign(let file): "\(file) is not a journal of switchboard; name another file"
        case .damaged(let file, let words): "\(file) is damaged (\(words))"
        case .vanished(let file): "\(file) was removed or replaced"
        case .inUse(let file): "another server writes \(file); give this one another file with server.journal"
        case .locked(let file): "another program keeps \(file) locked"
        case .full(let file): "no space is left on the disk of \(file)"
        case .readOnly(let file): "\(file) is read-only"
        case .folder(let problem): problem.description
        case .other(let file, let words): "\(file): \(words)"
        }
    }
}
