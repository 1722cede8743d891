// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A folder of the file system.
///
/// It stays open, so that a folder that replaces it is never mistaken for it.
package struct Folder: FolderCalls {
    package let path: String
    package let descriptor: Descriptor
    /// Held as long as the folder is open.
    private let locks: [FileLock]

    /// Opens a folder.
    package init(_ path: String) throws(FileProblem) {
        let number = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw FileProblem(path, number: errno) }
        self.init(path: path, descriptor: Descriptor(number), locks: [])
    }

    private init(path: String, descriptor: Descriptor, locks: [FileLock]) {
        self.path = path
        self.descriptor = descriptor
        self.locks = locks
    }

    /// Whether the path still leads to this folder; where the system does not say, it counts as there.
    package var isInPlace: Bool {
        var named = stat()
        var opened = stat()
        guard stat(path, &named) == 0 else { return errno != ENOENT && errno != ENOTDIR }
        return fstat(descriptor.number, &opened) != 0
            || (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)
    }

    /// The same folder, which keeps locks for as long as it is open.
    package func holding(_ locks: [FileLock]) -> Folder {
        Folder(path: path, descriptor: descriptor, locks: locks)
    }

    /// Opens a folder; creates it and its parents if they are missing, each for its owner only.
    package static func creating(_ path: String) throws(FileProblem) -> Folder {
        try make(path)
        return try Folder(path)
    }

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

    /// The folder that a path is in.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension Folder {
    package func exists(_ name: String) throws(FileProblem) -> Bool {
        var status = stat()
        if fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return true }
        guard errno == ENOENT else { throw problem(name) }
        return false
    }

    package func read(_ name: String, last most: Int) throws(FileProblem) -> [UInt8]? {
        // O_NONBLOCK: opening a pipe in place of the file must not block.
        let file = openat(descriptor.number, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
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
        try opened(name, O_EXCL)
    }

    package func append(to name: String) throws(FileProblem) -> OpenFile {
        try opened(name, O_APPEND)
    }

    private func opened(_ name: String, _ way: Int32) throws(FileProblem) -> OpenFile {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | way
        let file = openat(descriptor.number, name, flags, 0o600)
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
        guard renameat(descriptor.number, name, descriptor.number, new) == 0 else { throw problem(new) }
    }

    /// Writes a whole file, or none; replaces one of that name only if asked to.
    package func write(_ bytes: [UInt8], to name: String, overwriting: Bool) throws(FileProblem) {
        let draft = ownDraft(of: name)
        try write(bytes, toDraft: draft) { () throws(FileProblem) in
            try place(draft, as: name, overwriting: overwriting)
        }
    }

    /// Begins a file that is written piece by piece: ``finishDraft(_:of:overwriting:)`` gives it its name.
    package func beginDraft(of name: String) throws(FileProblem) -> OpenFile {
        // A process that was killed while it wrote may have left one.
        remove(ownDraft(of: name))
        return try create(ownDraft(of: name))
    }

    /// Ends a file that was written piece by piece; replaces one of its name only if asked to.
    package func finishDraft(_ file: OpenFile, of name: String, overwriting: Bool) throws(FileProblem) {
        do throws(FileProblem) {
            try finish(file, with: [])
            try place(file.name, as: name, overwriting: overwriting)
        } catch {
            remove(file.name)
            throw error
        }
    }

    private func ownDraft(of name: String) -> String { draft(of: "\(name).\(getpid())") }

    private func place(_ draft: String, as name: String, overwriting: Bool) throws(FileProblem) {
        if overwriting { return try rename(draft, to: name) }
        // A hard link fails if the name exists, so that nothing is overwritten between a check and the write.
        guard linkat(descriptor.number, draft, descriptor.number, name, 0) == 0 else { throw problem(name) }
        remove(draft)
    }

    package func remove(_ name: String) {
        _ = unlinkat(descriptor.number, name, 0)
    }

    package func syncFolder() throws(FileProblem) {
        // Some file systems cannot sync folders and report EINVAL.
        guard fsync(descriptor.number) == 0 || errno == EINVAL else { throw FileProblem(path, number: errno) }
    }

    private func problem(_ name: String, _ number: Int32 = errno) -> FileProblem {
        FileProblem("\(path)/\(name)", number: number)
    }
}
