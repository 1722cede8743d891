// SPDX-License-Identifier: Apache-2.0

import Files
import Foundation

/// Writes a file completely or not at all, readable by its owner only; replaces one only if asked to.
enum NewFile {
    /// Why the file was not written.
    enum Problem: Error, Equatable, CustomStringConvertible {
        case exists
        case system(String)

        var description: String {
            switch self {
            case .exists: "the file already exists"
            case .system(let words): words
            }
        }
    }

    /// Writes to a draft next to the path first, which gets its name in one step.
    ///
    /// A link is followed; a folder, a device or a pipe is never replaced.
    static func write(_ bytes: [UInt8], to path: String, overwriting: Bool) throws(Problem) {
        let path = try target(of: HomeFolder.expand(path))
        let name = String(path[name(in: path)...])
        do throws(FileProblem) {
            let folder = try Folder(Folder.parent(of: path))
            try folder.write(bytes, to: name, overwriting: overwriting)
        } catch {
            throw error.isConflict && error.path.hasSuffix("/" + name) ? .exists : .system(error.words)
        }
    }

    private static func name(in path: String) -> String.Index {
        path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    }

    /// The target of a path, if that is a regular file or does not exist.
    private static func target(of path: String) throws(Problem) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard lstat(path, &status) != 0 else { throw .system("a symbolic link without a target") }
            return path
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .system("not a regular file") }
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
