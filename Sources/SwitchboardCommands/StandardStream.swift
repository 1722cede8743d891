// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The two streams that the program writes to; a reader or a terminal that went away is a result, never a crash.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Writes all bytes, or returns `false` when nobody takes them any more.
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(rawValue, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
