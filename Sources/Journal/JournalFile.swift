// SPDX-License-Identifier: Apache-2.0

import Calls
import Files
import GRDB
import Glibc
import Synchronization

/// The database of a journal, open for writing.
///
/// Everything is on the thread of its owner; a transaction that another program delays waits for a moment only.
final class JournalFile: Sendable {
    let path: String
    let queue: DatabaseQueue
    /// Whether it was new, or empty.
    let isNew: Bool
    private let identity: FileIdentity
    /// The write-ahead log as the last transaction left it; `nil` before there is one.
    private let log = Mutex<WriteAheadLog?>(nil)
    /// The most bytes that the file had since it was last seen to have become smaller.
    private let mostBytes = Mutex(0)
    /// Held while the file is open: two servers would number their calls alike.
    private let lock: FileLock?

    /// How long a transaction waits for another program, in seconds; the caller tries again later.
    private static let patience = 0.1

    /// Opens a journal, brings it up to date, or creates it for its owner only.
    init(_ path: String) throws(JournalProblem) {
        self.path = path
        do {
            _ = try Folder.creating(Folder.parent(of: path))
            lock = try Self.lock(path)
            // A file that is there is left alone: closing it would end the locks of its other connections.
            if FileIdentity(path) == nil { try Self.create(path) } else { try Self.checkIsOurs(path) }
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            isNew = try queue.write { database in
                let isNew = try Self.isNew(database, path)
                if isNew { try database.execute(sql: "PRAGMA user_version = \(Self.erasing)") }
                return isNew
            }
            try JournalSchema.migrator.migrate(queue)
            self.queue = queue
            guard let identity = FileIdentity(path) else { throw JournalProblem.vanished(file: path) }
            self.identity = identity
            noteSize()
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// Whether the database has no tables yet; throws if it is of another program, or of a later version.
    private static func isNew(_ database: Database, _ path: String) throws -> Bool {
        let migrator = JournalSchema.migrator
        guard try !migrator.hasBeenSuperseded(database) else { throw JournalProblem.newer(file: path) }
        let isNew = try migrator.appliedIdentifiers(database).isEmpty
        // Tables of another program mean that the wrong file was named.
        guard try !isNew || Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 else {
            throw JournalProblem.foreign(file: path)
        }
        return isNew
    }

    /// Refuses a database of another program, or of a later version, before anything in it is changed: opening it for writing
    /// turns it into one with a write-ahead log.
    private static func checkIsOurs(_ path: String) throws(JournalProblem) {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(patience)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            _ = try queue.read { database in try isNew(database, path) }
            try queue.close()
        } catch let problem as JournalProblem {
            throw problem
        } catch {
            // Opening it for writing finds out what is wrong, or repairs it.
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            // Only a database without tables takes the first one.
            try database.execute(
                sql: """
                    PRAGMA auto_vacuum = INCREMENTAL;
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = NORMAL;
                    PRAGMA journal_size_limit = 16777216;
                    PRAGMA secure_delete = FAST;
                    """)
        }
        return configuration
    }

    /// Locks a file next to the journal, not to a link to it; `nil` where the file system has no locks.
    static func lock(_ path: String) throws -> FileLock? {
        let name = realPath(path) + "-lock"
        let number = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard number >= 0 else { throw problem(errno, name) }
        do throws(FileLock.Failure) {
            return try FileLock(Descriptor(number))
        } catch {
            switch error {
            case .held: throw JournalProblem.inUse(file: path)
            case .unsupported: return nil
            }
        }
    }

    /// The path without links; the same path where there is no file yet.
    static func realPath(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func problem(_ number: Int32, _ path: String) -> any Error {
        switch number {
        case EROFS, EACCES: JournalProblem.readOnly(file: path)
        case ENOSPC, EDQUOT: JournalProblem.full(file: path)
        default: FileProblem(path, number: number)
        }
    }

    /// SQLite would create it for everyone to read; its other files take the mode of this one.
    private static func create(_ path: String) throws {
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard number >= 0 else { throw problem(errno, path) }
        let file = Descriptor(number)
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileProblem(path, words: "not a regular file")
        }
    }

    /// Runs one transaction.
    func write<Result>(_ body: (Database) throws -> Result) throws(JournalProblem) -> Result {
        guard FileIdentity(path) == identity else { throw .vanished(file: path) }
        try checkSize()
        try checkLog()
        defer {
            noteSize()
            noteLog()
        }
        do {
            return try queue.inDatabase { database in
                var result: Result?
                try database.inTransaction(.immediate) {
                    result = try body(database)
                    return .commit
                }
                guard let result else { throw JournalProblem.other(file: path, words: "it cannot be written") }
                return result
            }
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// SQLite goes on with a file that was cut, without an error, from the pages that it has in memory.
    ///
    /// The header may say more than the file has, since pages may be in the write-ahead log only. But a file never becomes smaller
    /// other than when the whole log was brought into it, and then it has as many pages as the database.
    private func checkSize() throws(JournalProblem) {
        let most = mostBytes.withLock { $0 }
        guard let size = FileIdentity.size(of: path), size < most else { return }
        let whole = try pages.bytes
        guard size >= whole else {
            throw .damaged(file: path, words: "it was cut: \(size) of \(min(most, whole)) bytes are left")
        }
        mostBytes.withLock { $0 = size }
    }

    /// A file that was cut meanwhile is found at the next look.
    private func noteSize() {
        let size = FileIdentity.size(of: path) ?? 0
        mostBytes.withLock { $0 = max($0, size) }
    }

    private var logPath: String { "\(path)-wal" }

    private func checkLog() throws(JournalProblem) {
        guard let known = log.withLock({ $0 }) else { return }
        guard let now = WriteAheadLog(logPath), known.isContinued(by: now) else { throw .vanished(file: logPath) }
    }

    /// One that was removed or cut during a transaction is found at the next look.
    private func noteLog() {
        guard let now = WriteAheadLog(logPath) else { return }
        log.withLock { known in if known?.isContinued(by: now) ?? true { known = now } }
    }

    /// Runs statements that take no transaction, or only read.
    func run<Result>(_ body: (Database) throws -> Result) throws(JournalProblem) -> Result {
        do {
            return try queue.inDatabase(body)
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// Closes the file, after which what was written is in the file itself.
    func close() throws(JournalProblem) {
        do {
            try queue.close()
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// Whether nothing of a deleted row stays in the file: since its first row, deleted rows were overwritten.
    var erasesDeleted: Bool {
        get throws(JournalProblem) {
            try run { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 } >= Self.erasing
        }
    }

    /// The version in the file from which on deleted rows are overwritten.
    private static let erasing = 1

    /// How large the file is, and how much of it is free.
    var pages: DatabasePages {
        get throws(JournalProblem) { try run(DatabasePages.init) }
    }
}

/// The pages of a database file.
struct DatabasePages {
    let count: Int
    /// Those that new rows can use.
    let free: Int
    private let size: Int

    init(_ database: Database) throws {
        count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
    }

    var bytes: Int { count * size }
    var freeBytes: Int { free * size }
    var usedBytes: Int { bytes - freeBytes }
}

extension JournalFile {
    /// Renames a damaged journal, so that a new one can begin, and returns the new name; nothing is deleted.
    static func setAside(_ path: String, at now: Instant) throws(JournalProblem) -> String {
        let name = DamagedFile.name(for: path, at: now.iso8601) { FileIdentity($0) != nil }
        guard try setAside(path, as: name) else { throw .vanished(file: path) }
        return name
    }

    /// Renames a journal with the files that belong to it, as far as they are there; returns whether any was.
    ///
    /// SQLite would bring a write-ahead log that stays into the next file of that name.
    static func setAside(_ path: String, as name: String) throws(JournalProblem) -> Bool {
        let there = ["", "-wal", "-shm"].filter { FileIdentity(path + $0, links: .notFollowed) != nil }
        for suffix in there {
            guard rename(path + suffix, name + suffix) == 0 else {
                throw .folder(FileProblem(name + suffix, number: errno))
            }
        }
        return !there.isEmpty
    }
}
