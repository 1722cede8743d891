// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where a path leads, link by link, and which folders decide it.
struct PathTrace: Equatable {
    /// The folders that hold the file or a link on the way to it, or that would hold what is missing.
    private(set) var holders: Set<String> = []
    /// The other folders on the way; another one may take the place of each.
    private(set) var passed: Set<String> = []
    /// The file itself, free of links; `nil` where there is none.
    private(set) var file: String?

    /// As many as the kernel follows.
    private static let mostLinks = 40

    /// Follows a path.
    init(_ path: String) {
        var folder = path.hasPrefix("/") ? "/" : "."
        var rest = Self.names(path)
        var links = 0
        while let name = rest.popLast() {
            let next = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
            if name == ".." {
                folder = folder == "/" ? "/" : next
                continue
            }
            var status = stat()
            guard lstat(next, &status) == 0 else {
                holders.insert(folder)
                return
            }
            if status.st_mode & S_IFMT == S_IFLNK {
                holders.insert(folder)
                links += 1
                guard links <= Self.mostLinks, let target = Self.target(of: next) else { return }
                if target.hasPrefix("/") { folder = "/" }
                rest += Self.names(target)
            } else if rest.isEmpty {
                holders.insert(folder)
                file = next
            } else {
                passed.insert(next)
                folder = next
            }
        }
    }

    /// The names of a path, the last one first.
    private static func names(_ path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
    }

    private static func target(of link: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
}
