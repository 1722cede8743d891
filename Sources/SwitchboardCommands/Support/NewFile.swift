// SPDX-License-Identifier: Apache-2.0

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

    /// Writes to a temporary file next to the path first, then moves it there in one step.
    ///
    /// A link is followed; a folder, a device or a pipe is never replaced.
    static func write(_ bytes: [UInt8], to path: String, overwriting: Bool) throws(Problem) {
        let path = try target(of: path)
        let draft = path + ".\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw problem() }
        do {
            try fill(descriptor, with: bytes)
            try place(draft, at: path, overwriting: overwriting)
        } catch {
            unlink(draft)
            throw error
        }
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

    private static func fill(_ descriptor: Int32, with bytes: [UInt8]) throws(Problem) {
        let error = FileDescriptor(number: descriptor).write(bytes)
        var failure = error == 0 ? nil : problem(error)
        if failure == nil, fsync(descriptor) != 0 { failure = problem() }
        if close(descriptor) != 0, failure == nil { failure = problem() }
        if let failure { throw failure }
    }

    /// A hard link fails if a file exists, so that nothing is overwritten between the check and the write.
    private static func place(_ draft: String, at path: String, overwriting: Bool) throws(Problem) {
        if overwriting {
            guard rename(draft, path) == 0 else { throw problem() }
        } else {
            guard link(draft, path) == 0 else { throw errno == EEXIST ? .exists : problem() }
            unlink(draft)
        }
    }

    private static func problem(_ error: Int32 = errno) -> Problem {
        .system(String(cString: strerror(error)))
    }
}
