// SPDX-License-Identifier: Apache-2.0

import Foundation

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
    /// Writes a line unbuffered, so that it precedes later messages on stderr if both go to one place.
    static func say(_ text: String) {
        _ = write(Array((text + "\n").utf8))
    }

    /// Writes all bytes, or returns `false` if the reader is gone.
    static func write(_ bytes: [UInt8]) -> Bool {
        FileDescriptor(number: STDOUT_FILENO).write(bytes) == 0
    }
}

/// Messages for people; data goes to stdout.
enum StandardError {
    /// Writes a line; errors are ignored, since the terminal may be gone when the program stops.
    static func say(_ text: String) {
        _ = FileDescriptor(number: STDERR_FILENO).write(Array((text + "\n").utf8))
    }
}
