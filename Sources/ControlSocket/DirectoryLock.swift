// SPDX-License-Identifier: Apache-2.0

import Files

/// Keeps two servers that start in the same directory from replacing the same stale socket.
///
/// The lock is on the directory itself, so it leaves no file.
enum DirectoryLock {
    /// How often, and how far apart, a lock that is held is tried again; a server holds it for a moment only.
    private static let attempts = 20
    private static let pause = Duration.milliseconds(10)

    /// Waits for the lock on the directory in which `path` is.
    ///
    /// `nil` where the file system has no locks, or where another program does not release it, since whoever can open the
    /// directory can lock it: the race is possible there, but the control socket works.
    static func take(for path: String) async throws(ControlSocketError) -> FileLock? {
        let folder: Folder
        do throws(FileProblem) {
            folder = try Folder(Folder.parent(of: path))
        } catch {
            throw .cannotListen(path, reason: error.description)
        }
        for _ in 0..<attempts {
            do throws(FileLock.Failure) {
                return try FileLock(folder.descriptor)
            } catch .unsupported {
                return nil
            } catch {
                do { try await Task.sleep(for: pause) } catch { break }
            }
        }
        return nil
    }
}
