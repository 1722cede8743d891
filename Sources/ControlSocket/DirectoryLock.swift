// SPDX-License-Identifier: Apache-2.0

import Files
import Glibc

/// Keeps two servers that start in the same directory from replacing the same stale socket.
///
/// The lock is on the directory itself, so it leaves no file.
enum DirectoryLock {
    /// How often, and how far apart, a lock that is held is tried again; it is never held for long.
    private static let attempts = 200
    private static let pause = Duration.milliseconds(10)
    /// How often it is tried in a folder that other users can open, since they can hold it as long as they like.
    private static let attemptsAmongOthers = 20

    /// Waits for the lock on the directory in which `path` is.
    ///
    /// `nil` where the file system has no locks, or where another user holds it: the race is possible there, but the control
    /// socket works.
    static func take(for path: String) async throws(ControlSocketError) -> FileLock? {
        let directory = Folder.parent(of: path)
        let folder: Folder
        do throws(FileProblem) {
            folder = try Folder(directory)
        } catch {
            throw .cannotListen(path, reason: error.description)
        }
        let isShared = try isShared(folder, path)
        for _ in 0..<(isShared ? attemptsAmongOthers : attempts) {
            do throws(FileLock.Failure) {
                return try FileLock(folder.descriptor)
            } catch .unsupported {
                return nil
            } catch {
                do { try await Task.sleep(for: pause) } catch { break }
            }
        }
        guard !isShared else { return nil }
        throw .cannotListen(path, reason: "another program holds a lock on \(directory)")
    }

    /// Whether other users can open a folder.
    private static func isShared(_ folder: Folder, _ path: String) throws(ControlSocketError) -> Bool {
        var status = stat()
        guard fstat(folder.descriptor.number, &status) == 0 else {
            throw .cannotListen(path, reason: String(cString: strerror(errno)))
        }
        return status.st_uid != geteuid() || status.st_mode & 0o077 != 0
    }
}
