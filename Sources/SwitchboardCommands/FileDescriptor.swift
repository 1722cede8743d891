// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An open file of the system, written to whole.
struct FileDescriptor {
    let number: Int32

    /// Writes all bytes; returns the system's error number, or 0.
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
