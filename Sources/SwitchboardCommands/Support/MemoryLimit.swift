// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The memory that the control groups of this process allow it (cgroups(7)), as systemd's MemoryMax= and containers set it.
enum MemoryLimit {
    /// The limit in bytes; `nil` without one.
    static var bytes: Int? {
        bytes { FileManager.default.contents(atPath: $0).map { String(decoding: $0, as: UTF8.self) } }
    }

    /// The least limit of the groups that `/proc/self/cgroup` names and of those around them; `read` returns a file.
    ///
    /// In a container the paths are those outside of it, and its own limit is at the root.
    static func bytes(reading read: (String) -> String?) -> Int? {
        let lines = (read("/proc/self/cgroup") ?? "").split(separator: "\n")
        let limits = lines.flatMap { line -> [Int] in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let place = Place(controllers: parts[1]) else { return [] }
            return around(parts[2]).compactMap { group in
                read("\(place.root)\(group)/\(place.file)").flatMap(limit)
            }
        }
        return limits.min()
    }

    /// Where a hierarchy of groups has its limits.
    private struct Place {
        let root: String
        let file: String

        /// `nil` for a hierarchy that does not limit memory; the one of version 2 names no controllers.
        init?(controllers: Substring) {
            if controllers.isEmpty {
                (root, file) = ("/sys/fs/cgroup", "memory.max")
            } else if controllers.split(separator: ",").contains("memory") {
                (root, file) = ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            } else {
                return nil
            }
        }
    }

    /// A group and those around it, up to the root, which is the empty path.
    private static func around(_ group: Substring) -> [String] {
        let names = group.split(separator: "/")
        return (0...names.count).map { count in names.prefix(count).map { "/\($0)" }.joined() }
    }

    /// The number in a file; without a limit that is `max`, or in version 1 the largest number of whole pages.
    private static func limit(_ text: String) -> Int? {
        guard let bytes = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes > 0, bytes < 1 << 60 else {
            return nil
        }
        return bytes
    }
}
