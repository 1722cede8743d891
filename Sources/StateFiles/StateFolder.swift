// SPDX-License-Identifier: Apache-2.0

package import Files
import Glibc

/// Opens the folder of a server: private to its owner, and locked by this process.
package enum StateFolder {
    private static let lockName = "lock"

    /// Opens a folder that only its owner writes to; creates it if it is missing.
    ///
    /// Never waits: a folder that another server holds is an error.
    package static func open(_ path: String) throws(StateFilesError) -> Folder {
        let folder: Folder
        do throws(FileProblem) {
            folder = try Folder.creating(path)
        } catch {
            throw .cannotUse(folder: path, error)
        }
        try check(folder)
        return folder.holding(try lock(folder))
    }

    private static func check(_ folder: Folder) throws(StateFilesError) {
        var status = stat()
        guard fstat(folder.descriptor.number, &status) == 0 else {
            throw .cannotUse(folder: folder.path, FileProblem(folder.path, number: errno))
        }
        guard status.st_mode & 0o022 == 0 else {
            throw .notPrivate(folder: folder.path, mode: status.st_mode & 0o7777)
        }
    }

    /// Locks the folder by a file in it, or throws the process that holds it.
    private static func lock(_ folder: Folder) throws(StateFilesError) -> FileLock {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let number = openat(folder.descriptor.number, lockName, flags, 0o600)
        guard number >= 0 else { throw failure(folder, errno) }
        let file = Descriptor(number)
        do throws(FileLock.Failure) {
            let lock = try FileLock(file)
            writeProcess(to: file)
            return lock
        } catch {
            switch error {
            case .held: throw .inUse(folder: folder.path, process: holder(of: file))
            case .unsupported(let number): throw failure(folder, number)
            }
        }
    }

    /// Writes the process id, for error messages; the lock itself does not need it.
    private static func writeProcess(to file: Descriptor) {
        let bytes = Array("\(getpid())\n".utf8)
        _ = ftruncate(file.number, 0)
        _ = pwrite(file.number, bytes, bytes.count, 0)
    }

    private static func holder(of file: Descriptor) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(file.number, &bytes, bytes.count, 0)
        guard count > 1, bytes[count - 1] == 0x0A else { return nil }
        return Int(String(decoding: bytes[..<(count - 1)], as: UTF8.self))
    }

    private static func failure(_ folder: Folder, _ number: Int32) -> StateFilesError {
        .cannotUse(folder: folder.path, FileProblem("\(folder.path)/\(lockName)", number: number))
    }
}
