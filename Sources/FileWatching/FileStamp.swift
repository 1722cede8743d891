// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What tells one state of a file from another without reading it; links are followed.
struct FileStamp: Equatable {
    private var inode: UInt64 = 0
    private var device: UInt64 = 0
    private var size: Int64 = 0
    private var changedAt: [Int] = []

    /// Looks at a file; one that is not there has a stamp too.
    init(_ file: WatchedFile) {
        var status = stat()
        guard stat(file.path, &status) == 0 else { return }
        inode = UInt64(status.st_ino)
        device = UInt64(status.st_dev)
        guard file.change == .content else { return }
        size = Int64(status.st_size)
        changedAt = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
}
