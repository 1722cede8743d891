// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Which file a path names, whatever it is called: another one in its place is not the same.
package struct FileIdentity: Hashable, Sendable {
    private let device: UInt
    private let number: UInt
    /// What it is, and who may use it.
    private let mode: UInt32
    /// The user that it belongs to.
    package let owner: UInt32

    /// Whether a link is followed.
    package enum Links: Sendable {
        case followed, notFollowed
    }

    /// `nil` where there is no file, with the reason in `errno`.
    package init?(_ path: String, links: Links = .followed) {
        var status = stat()
        let result = links == .followed ? stat(path, &status) : lstat(path, &status)
        guard result == 0 else { return nil }
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
        mode = status.st_mode
        owner = status.st_uid
    }

    /// The bytes of a file; `nil` where there is none.
    package static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    package var isSocket: Bool { mode & S_IFMT == S_IFSOCK }

    package var isRegularFile: Bool { mode & S_IFMT == S_IFREG }

    /// The permissions, such as 0o600.
    package var permissions: UInt32 { mode & 0o7777 }

    package static func == (left: FileIdentity, right: FileIdentity) -> Bool {
        left.device == right.device && left.number == right.number
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(device)
        hasher.combine(number)
    }
}

/// The name that a damaged file gets, so that another can begin; nothing is deleted.
package enum DamagedFile {
    /// A free name for a file that was found damaged at a time, which is written as ISO 8601, or was set aside for another reason.
    package static func name<Failure: Error>(
        for name: String, _ reason: String = "damaged", at time: String, isTaken: (String) throws(Failure) -> Bool
    ) throws(Failure) -> String {
        let stamp = time.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
        let first = "\(name).\(reason)-\(stamp)"
        var (free, count) = (first, 1)
        while try isTaken(free) {
            count += 1
            free = "\(first)-\(count)"
        }
        return free
    }
}
