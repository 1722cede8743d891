// SPDX-License-Identifier: Apache-2.0

import Files
import Glibc

/// A group of the system whose members may open the control socket, next to its owner.
package struct SocketGroup: Hashable, Sendable {
    package let name: String
    package let id: UInt32

    /// The largest entry of the group database that is read, in bytes; a group may have many members.
    private static let largest = 256 << 10

    /// Looks a group up; `nil` if the system has none of this name.
    package init?(named name: String) {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        let id: gid_t? = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.largest) { buffer in
            guard let start = buffer.baseAddress, getgrnam_r(name, &entry, start, buffer.count, &found) == 0,
                found != nil
            else { return nil }
            return entry.gr_gid
        }
        guard let id else { return nil }
        self.init(name: name, id: id)
    }

    package init(name: String, id: UInt32) {
        self.name = name
        self.id = id
    }

    /// The first folder on the way to a path that members of the group cannot pass; `nil` if there is none.
    package func folderInTheWay(to path: String) -> String? {
        var folders: [String] = []
        var folder = Folder.parent(of: path)
        while folder != folders.last {
            folders.append(folder)
            folder = Folder.parent(of: folder)
        }
        return folders.reversed().first { folder in
            var status = stat()
            guard stat(folder, &status) == 0 else { return false }
            return status.st_mode & S_IXOTH == 0 && !(status.st_gid == id && status.st_mode & S_IXGRP != 0)
        }
    }
}
