// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the system would not do with a file.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    /// The system's word for it, such as `No space left on device`.
    package let words: String
    /// Whether the file, or the folder that it would be in, is not there.
    package let isAbsence: Bool

    package init(_ path: String, words: String) {
        self.path = path
        self.words = words
        isAbsence = false
    }

    /// What the system's error number says.
    package init(_ path: String, number: Int32) {
        self.path = path
        words = String(cString: strerror(number))
        isAbsence = number == ENOENT
    }

    package var description: String { "\(path): \(words)" }
}
