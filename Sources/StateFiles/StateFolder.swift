// SPDX-License-Identifier: Apache-2.0

package import Files
import Glibc
import Synchronization

/// Opens the folder of a server: private to its owner, and locked by this process.
package enum StateFolder {
    fileprivate static let lockName = "lock"

    /// A folder that is open, and the file of its lock.
    struct Opening {
        let folder: Folder
        let lock: Descriptor
        /// Whether a server noted there that it uses the folder, now or before.
        let hadServer: Bool
    }

    /// Opens a folder that only its owner writes to; creates it if it is missing.
    ///
    /// Never waits: a folder that another server holds is an error.
    package static func open(_ path: String) throws(StateFilesError) -> Folder { try opening(path).folder }

    static func opening(_ path: String) throws(StateFilesError) -> Opening {
        let folder: Folder
        do throws(FileProblem) {
            folder = try Folder.creating(path)
        } catch {
            throw .cannotUse(folder: path, error)
        }
        let mode = try check(folder)
        var locks: [FileLock] = []
        // Whoever can open the folder could lock it, and so keep a server from starting.
        if mode & 0o077 == 0, let lock = try lock(folder.descriptor, of: folder, isFolder: true) { locks.append(lock) }
        let file = try openLock(in: folder)
        if let lock = try lock(file, of: folder, isFolder: false) { locks.append(lock) }
        var status = stat()
        let hadServer = fstat(file.number, &status) == 0 && status.st_size > 0
        return Opening(folder: folder.holding(locks), lock: file, hadServer: hadServer)
    }

    /// The mode of a folder that belongs to us; throws if others could change what is in it.
    private static func check(_ folder: Folder) throws(StateFilesError) -> mode_t {
        var status = stat()
        guard fstat(folder.descriptor.number, &status) == 0 else {
            throw .cannotUse(folder: folder.path, FileProblem(folder.path, number: errno))
        }
        if let error = StateFilesError(refusing: folder.path, status) { throw error }
        return status.st_mode
    }

    /// Locks the folder, so that nothing is lost with the lock's file, or that file, which older versions lock.
    private static func lock(
        _ descriptor: Descriptor, of folder: Folder, isFolder: Bool
    ) throws(StateFilesError) -> FileLock? {
        do throws(FileLock.Failure) {
            return try FileLock(descriptor)
        } catch {
            switch error {
            case .held:
                let named = StateHolder.read(folder.path)?.process
                throw .inUse(folder: folder.path, process: named ?? LockTable.holder(of: descriptor))
            // Some file systems lock files only.
            case .unsupported where isFolder: return nil
            case .unsupported(let number): throw failure(folder, number)
            }
        }
    }

    private static func openLock(in folder: Folder) throws(StateFilesError) -> Descriptor {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let number = openat(folder.descriptor.number, lockName, flags, 0o600)
        guard number >= 0 else { throw failure(folder, errno) }
        return Descriptor(number)
    }

    private static func failure(_ folder: Folder, _ number: Int32) -> StateFilesError {
        .cannotUse(folder: folder.path, FileProblem("\(folder.path)/\(lockName)", number: number))
    }
}

extension StateFilesError {
    /// Why a server refuses a folder that is there: it belongs to another user, or others could change what is in it.
    package init?(refusing folder: String) {
        var status = stat()
        guard stat(folder, &status) == 0 else { return nil }
        self.init(refusing: folder, status)
    }

    fileprivate init?(refusing folder: String, _ status: stat) {
        if status.st_uid != geteuid() {
            self = .notOurs(folder: folder, owner: status.st_uid)
        } else if status.st_mode & 0o022 != 0 {
            self = .notPrivate(folder: folder, mode: status.st_mode & 0o7777)
        } else {
            return nil
        }
    }
}

/// What a server writes into the lock of its folder for other programs; the lock itself does not need it.
package final class StateNote: Sendable {
    private let state: Mutex<(file: Descriptor, socket: String?)>

    init(_ file: Descriptor) {
        state = Mutex((file, nil))
    }

    /// Writes the process id and where the control socket is.
    package func write(socket: String?) {
        state.withLock { state in
            state.socket = socket
            Self.write(state)
        }
    }

    /// Writes the same into another file, from now on.
    func move(to file: Descriptor) {
        state.withLock { state in
            state.file = file
            Self.write(state)
        }
    }

    private static func write(_ state: (file: Descriptor, socket: String?)) {
        let lines = ["\(getpid())", state.socket].compactMap(\.self).map { $0 + "\n" }
        let bytes = Array(lines.joined().utf8)
        // Written before it is cut, so that no reader finds nothing.
        _ = pwrite(state.file.number, bytes, bytes.count, 0)
        _ = ftruncate(state.file.number, off_t(bytes.count))
    }
}

/// The server that uses a state folder, by the note in its lock.
package struct StateHolder: Hashable, Sendable {
    package let process: Int
    /// The path of its control socket; `nil` if it has none.
    package let socket: String?
    /// Whether the process holds the lock now; false where the system does not show locks.
    package let isRunning: Bool

    package init(process: Int, socket: String?, isRunning: Bool) {
        self.process = process
        self.socket = socket
        self.isRunning = isRunning
    }

    /// Reads the note of a folder; `nil` if there is none, or it may not be read.
    package static func read(_ folder: String) -> StateHolder? {
        let number = open("\(folder)/\(StateFolder.lockName)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard number >= 0 else { return nil }
        let file = Descriptor(number)
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX) + 32)
        let count = pread(file.number, &bytes, bytes.count, 0)
        guard count > 1, bytes[count - 1] == 0x0A else { return nil }
        let lines = bytes[..<(count - 1)].split(separator: 0x0A, maxSplits: 1)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let first = lines.first, let process = Int(first), process > 0 else { return nil }
        let socket = lines.dropFirst().first.flatMap { $0.hasPrefix("/") ? $0 : nil }
        return StateHolder(
            process: process, socket: socket, isRunning: LockTable.holder(of: file, among: process) != nil)
    }
}

/// The locks of the system (proc(5), `/proc/locks`).
private enum LockTable {
    /// The process that holds the lock on a file, as far as the system shows it; `process` is the only one that counts.
    static func holder(of file: Descriptor, among process: Int? = nil) -> Int? {
        var status = stat()
        guard fstat(file.number, &status) == 0 else { return nil }
        for line in table.split(separator: "\n") {
            // 1: FLOCK  ADVISORY  WRITE 708 08:01:1966151 0 EOF; a process that waits has an arrow before FLOCK.
            let fields = line.split(separator: " ")
            guard fields.count >= 6, fields[1] == "FLOCK", let holder = Int(fields[4]),
                fields[5].split(separator: ":").last.flatMap({ UInt($0) }) == UInt(status.st_ino)
            else { continue }
            if process == nil || process == holder { return holder }
        }
        return nil
    }

    private static var table: String {
        let number = open("/proc/locks", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return "" }
        let file = Descriptor(number)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(file.number, &piece, piece.count), count > 0 { bytes += piece[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
