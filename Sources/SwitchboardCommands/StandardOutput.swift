// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Data for programs; words for people go to stderr.
enum StandardOutput {
    /// Writes all bytes, or returns `false` when nobody reads them any more.
    static func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
