// SPDX-License-Identifier: Apache-2.0

/// A short name for the exact bytes of a file.
enum Revision {
    /// Returns eight hexadecimal digits: FNV-1a with 64 bits, folded to 32.
    ///
    /// It tells revisions of one file apart and guards against nothing.
    static func of(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
