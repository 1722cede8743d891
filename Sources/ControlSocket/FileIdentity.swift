// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Which file a path names, whatever it is called.
struct FileIdentity: Equatable, Sendable {
    private let device: UInt
    private let inode: UInt
    let isSocket: Bool

    /// Looks at a path without following a link; `nil` when there is nothing, with the reason in `errno`.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        isSocket = status.st_mode & S_IFMT == S_IFSOCK
    }
}
