// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Data for programs; words for people go to stderr.
enum StandardOutput {
    /// Writes a line at once, so that it stands before words on stderr that come later, where both go to one place.
    static func say(_ text: String) {
        _ = write(Array((text + "\n").utf8))
    }

    /// Writes all bytes, or returns `false` when nobody reads them any more.
    static func write(_ bytes: [UInt8]) -> Bool {
        FileDescriptor(number: STDOUT_FILENO).write(bytes) == 0
    }
}
