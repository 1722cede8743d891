// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Keeps two servers that start in the same directory from replacing the same stale socket.
///
/// The lock is on the directory itself: it leaves no file, and is released when its process exits.
struct DirectoryLock: Sendable {
    private let descriptor: Int32

    /// How often, and how far apart, a lock that is held is tried again; it is never held for long.
    private static let attempts = 200
    private static let pause = Duration.milliseconds(10)

    /// Waits for the lock on the directory in which `path` is.
    static func take(for path: String) async throws(ControlSocketError) -> DirectoryLock {
        let directory = directory(of: path)
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .cannotListen(path, reason: "\(directory): \(String(cString: strerror(errno)))")
        }
        let lock = DirectoryLock(descriptor: descriptor)
        for _ in 0..<attempts {
            // Without locks in the file system the race is possible, but the control socket works.
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return lock }
            do { try await Task.sleep(for: pause) } catch { break }
        }
        lock.release()
        throw .cannotListen(path, reason: "another program holds a lock on \(directory)")
    }

    /// Releases the lock.
    func release() {
        close(descriptor)
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
