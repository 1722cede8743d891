// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A file to watch, and what counts as a change of it.
package struct WatchedFile: Hashable, Sendable {
    package let path: String
    package let change: Change

    package init(_ path: String, change: Change = .content) {
        self.path = path
        self.change = change
    }

    /// What counts as a change.
    package enum Change: Hashable, Sendable {
        /// The file is written or replaced.
        case content
        /// Another file takes its place; writing into it does not count, as with a database that is open.
        case replacement
        /// What is in a folder appears, goes or gets another name; writing into it does not count.
        case entries
    }
}

/// Distinguishes two states of a file without reading it; links are followed.
struct FileStamp: Equatable {
    private var inode: UInt64 = 0
    private var device: UInt64 = 0
    private var size: Int64 = 0
    private var changedAt: [Int] = []
    private var isReadable = false

    /// Takes the stamp of a file; a missing one has a stamp too.
    init(_ file: WatchedFile) {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return }
        inode = UInt64(status.st_ino)
        device = UInt64(status.st_dev)
        isReadable = faccessat(AT_FDCWD, file.path, R_OK, AT_EACCESS) == 0
        guard file.change != .replacement else { return }
        size = Int64(status.st_size)
        changedAt = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }

    /// Whether the file was written in the last `milliseconds`: somebody may still be writing it.
    func isYounger(than milliseconds: Int) -> Bool {
        guard changedAt.count == 2 else { return false }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let seconds = now.tv_sec - changedAt[0]
        // Of times that a copy brought along, or that a clock set later, nothing follows.
        guard (0...1).contains(seconds) else { return false }
        let age = seconds * 1000 + (now.tv_nsec - changedAt[1]) / 1_000_000
        return (0..<milliseconds).contains(age)
    }
}
