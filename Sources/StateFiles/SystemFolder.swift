// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A folder that this process holds exclusively.
///
/// It stays open, so that a folder that replaces it while the server runs is never mistaken for it.
package final class SystemFolder: FolderCalls {
    package let path: String
    /// The open folder.
    let folder: Int32
    private let lock: FolderLock

    /// Opens a folder that only its owner writes to; creates it if it is missing.
    ///
    /// Never waits: a folder that another server holds is an error.
    package init(_ path: String) throws(StateFilesError) {
        do throws(FileProblem) {
            try Self.make(path)
        } catch {
            throw .cannotUse(folder: path, error)
        }
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .cannotUse(folder: path, FileProblem(path, number: errno)) }
        do throws(StateFilesError) {
            try Self.check(folder, path)
            lock = try FolderLock(in: folder, path)
        } catch {
            _ = Glibc.close(folder)
            throw error
        }
        self.path = path
        self.folder = folder
    }

    deinit {
        _ = Glibc.close(folder)
    }

    /// Creates a folder and its parents, each for its owner only.
    private static func make(_ path: String) throws(FileProblem) {
        if mkdir(path, 0o700) == 0 { return keepName(of: path) }
        switch errno {
        case EEXIST: return
        case ENOENT where parent(of: path) != path:
            try make(parent(of: path))
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileProblem(path, number: errno) }
            keepName(of: path)
        case let number: throw FileProblem(path, number: number)
        }
    }

    /// Syncs the name of a new folder, so that it survives a power loss; a file system without that is accepted.
    private static func keepName(of path: String) {
        let parent = open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { return }
        _ = fsync(parent)
        _ = Glibc.close(parent)
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func check(_ folder: Int32, _ path: String) throws(StateFilesError) {
        var status = stat()
        guard fstat(folder, &status) == 0 else { throw .cannotUse(folder: path, FileProblem(path, number: errno)) }
        guard status.st_mode & 0o022 == 0 else { throw .notPrivate(folder: path, mode: status.st_mode & 0o7777) }
    }
}

extension SystemFolder {
    package func exists(_ name: String) throws(FileProblem) -> Bool {
        var status = stat()
        if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return true }
        guard errno == ENOENT else { throw problem(name) }
        return false
    }

    package func read(_ name: String, last most: Int) throws(FileProblem) -> [UInt8]? {
        // O_NONBLOCK: opening a pipe in place of the file must not block.
        let file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw problem(name)
        }
        defer { _ = Glibc.close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw problem(name) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileProblem("\(path)/\(name)", words: "not a regular file")
        }
        return try bytes(of: file, from: max(0, status.st_size - most), name)
    }

    private func bytes(of file: Int32, from start: Int, _ name: String) throws(FileProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(file, &piece, piece.count, start + bytes.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += piece[..<count]
            } else if errno != EINTR {
                throw problem(name)
            }
        }
    }

    package func create(_ name: String) throws(FileProblem) -> OpenFile {
        try opened(name, O_TRUNC)
    }

    package func append(to name: String) throws(FileProblem) -> OpenFile {
        try opened(name, O_APPEND)
    }

    private func opened(_ name: String, _ way: Int32) throws(FileProblem) -> OpenFile {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | way
        let file = openat(folder, name, flags, 0o600)
        guard file >= 0 else { throw problem(name) }
        return OpenFile(name: name, number: file)
    }

    package func write(_ bytes: ArraySlice<UInt8>, to file: OpenFile) throws(FileProblem) -> Int {
        while true {
            let count = bytes.withUnsafeBytes { Glibc.write(file.number, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            guard errno == EINTR else { throw problem(file.name) }
        }
    }

    package func sync(_ file: OpenFile) throws(FileProblem) {
        guard fsync(file.number) == 0 else { throw problem(file.name) }
    }

    package func close(_ file: OpenFile) throws(FileProblem) {
        guard Glibc.close(file.number) == 0 else { throw problem(file.name) }
    }

    package func rename(_ name: String, to new: String) throws(FileProblem) {
        guard renameat(folder, name, folder, new) == 0 else { throw problem(new) }
    }

    package func remove(_ name: String) {
        _ = unlinkat(folder, name, 0)
    }

    package func syncFolder() throws(FileProblem) {
        // Some file systems cannot sync folders and report EINVAL.
        guard fsync(folder) == 0 || errno == EINVAL else { throw FileProblem(path, number: errno) }
    }

    private func problem(_ name: String, _ number: Int32 = errno) -> FileProblem {
        FileProblem("\(path)/\(name)", number: number)
    }
}

/// The lock of a server on its folder; the system releases it when the process ends, however it ends.
final class FolderLock: Sendable {
    private static let name = "lock"
    private let file: Int32

    /// Locks the folder, or throws the process that holds it.
    init(in folder: Int32, _ path: String) throws(StateFilesError) {
        let file = openat(folder, Self.name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard file >= 0 else { throw Self.failure(path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno == EWOULDBLOCK ? .inUse(folder: path, process: Self.holder(file)) : Self.failure(path)
            _ = Glibc.close(file)
            throw failure
        }
        self.file = file
        writeProcess()
    }

    deinit {
        _ = Glibc.close(file)
    }

    /// Writes the process id, for error messages; the lock itself does not need it.
    private func writeProcess() {
        let bytes = Array("\(getpid())\n".utf8)
        _ = ftruncate(file, 0)
        _ = pwrite(file, bytes, bytes.count, 0)
    }

    private static func holder(_ file: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 1, bytes[count - 1] == 0x0A else { return nil }
        return Int(String(decoding: bytes[..<(count - 1)], as: UTF8.self))
    }

    private static func failure(_ path: String) -> StateFilesError {
        .cannotUse(folder: path, FileProblem("\(path)/\(name)", number: errno))
    }
}
