// SPDX-License-Identifier: Apache-2.0

/// Data for programs; words for people go to stderr.
enum StandardOutput {
    /// Writes all bytes, or returns `false` when nobody reads them any more.
    static func write(_ bytes: [UInt8]) -> Bool {
        StandardStream.output.write(bytes)
    }
}
