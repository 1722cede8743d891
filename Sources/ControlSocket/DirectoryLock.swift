// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Holds off other servers that start in the same directory, so that no two replace the same stale socket at once.
///
/// The lock is on the directory itself: it leaves no file behind and ends with the process that holds it.
struct DirectoryLock: Sendable {
    private let descriptor: Int32

    /// How often, and how many milliseconds apart, a lock that somebody holds is tried again; holders have it for moments.
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
            // A file system without locks costs the protection from a race, not the control socket.
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return lock }
            do { try await Task.sleep(for: pause) } catch { break }
        }
        lock.release()
        throw .cannotListen(path, reason: "another program keeps \(directory) locked")
    }

    /// Lets the others go on.
    func release() {
        close(descriptor)
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
