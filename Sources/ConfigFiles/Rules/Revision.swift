// SPDX-License-Identifier: Apache-2.0

import Calls

/// A short name for the exact bytes of a file.
enum Revision {
    /// Returns eight hexadecimal digits: FNV-1a with 64 bits, folded to 32.
    ///
    /// It tells revisions of one file apart and guards against nothing.
    static func of(_ bytes: [UInt8]) -> String {
        var hash = FNV1a()
        hash.combine(bytes)
        let digits = String(UInt32(truncatingIfNeeded: hash.value ^ (hash.value >> 32)), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
