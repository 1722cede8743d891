// SPDX-License-Identifier: Apache-2.0

/// A file that a rules file names, as far as it can be read.
package enum FileReading: Equatable, Sendable {
    case bytes([UInt8])
    /// The words say why not, such as `there is no such file`.
    case unreadable(String)
}
