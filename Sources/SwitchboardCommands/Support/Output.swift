// SPDX-License-Identifier: Apache-2.0

import Foundation
import Screen
import Synchronization

/// An open file descriptor, with writes that are never partial.
struct FileDescriptor {
    let number: Int32

    /// Writes all bytes; returns `errno`, or 0.
    func write(_ bytes: [UInt8]) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(number, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}

/// Data for programs; messages for people go to stderr.
enum StandardOutput {
    /// The `errno` of the first write that failed, 0 if none has: the command then fails at its end.
    private static let failure = Atomic<Int32>(0)

    /// Writes a line of text unbuffered, so that it precedes later messages on stderr if both go to one place.
    ///
    /// What a terminal would obey is replaced, since texts of rules files and callers are in it.
    static func say(_ text: String) {
        emit(Array((CleanText.lines(text) + "\n").utf8))
    }

    /// Writes a document for programs, and a line break.
    static func document(_ text: String) {
        emit(Array((text + "\n").utf8))
    }

    /// Writes all bytes; after a failure, nothing more, since a reader that missed a part can do nothing with the rest.
    static func emit(_ bytes: [UInt8]) {
        guard !isBroken else { return }
        let error = FileDescriptor(number: STDOUT_FILENO).write(bytes)
        if error != 0 { failure.store(error, ordering: .releasing) }
    }

    /// Writes all bytes, or returns `false` if the reader is gone; for a server, which then goes on.
    static func write(_ bytes: [UInt8]) -> Bool {
        FileDescriptor(number: STDOUT_FILENO).write(bytes) == 0
    }

    /// Whether a write has failed.
    static var isBroken: Bool { failure.load(ordering: .acquiring) != 0 }

    /// Why not all of the output was written; `nil` if it was.
    static var problem: String? {
        let error = failure.load(ordering: .acquiring)
        return error == 0 ? nil : "cannot write to stdout: \(String(cString: strerror(error)))"
    }
}

/// Messages for people; data goes to stdout.
enum StandardError {
    /// Writes a line; errors are ignored, since the terminal may be gone when the program stops.
    ///
    /// What a terminal would obey is replaced.
    static func say(_ text: String) {
        _ = FileDescriptor(number: STDERR_FILENO).write(Array((CleanText.lines(text) + "\n").utf8))
    }
}
