// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A folder of this machine that belongs to this process for as long as it holds it.
///
/// It is held open, so that a folder put in its place while the server runs is never mistaken for it.
package final class SystemFolder: FolderCalls {
    package let path: String
    /// The open folder.
    let folder: Int32
    private let lock: FolderLock

    /// Opens a folder that nobody else writes to, and makes it if there is none.
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

    /// Makes a folder and those that it is in, each for its owner only.
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

    /// Has the name of a new folder survive a loss of power; a file system that cannot do that is used all the same.
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
