// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Writes a file whole or not at all, readable by its owner only, and never over another one unasked.
enum NewFile {
    /// Why nothing was written.
    enum Problem: Error, Equatable, CustomStringConvertible {
        case exists
        case system(String)

        var description: String {
            switch self {
            case .exists: "the file is there already"
            case .system(let words): words
            }
        }
    }

    /// Writes the bytes beside the place first, then moves them there in one step.
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

    /// Where a path leads, if a file stands there or nothing does.
    private static func target(of path: String) throws(Problem) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard lstat(path, &status) != 0 else { throw .system("the link that stands there leads nowhere") }
            return path
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .system("what stands there is no regular file") }
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

    /// A link fails where a file stands, so that nothing is overwritten between looking and writing.
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
