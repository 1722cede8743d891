// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Words for people; data goes to stdout.
enum StandardError {
    /// Says something, if anybody can still hear it: the terminal may be gone when the program stops.
    static func say(_ text: String) {
        _ = FileDescriptor(number: STDERR_FILENO).write(Array((text + "\n").utf8))
    }
}
