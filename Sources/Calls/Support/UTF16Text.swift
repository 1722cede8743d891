// SPDX-License-Identifier: Apache-2.0

/// Text files that were saved as UTF-16, which spreadsheets and some editors call "Unicode".
package enum UTF16Text {
    /// Whether the bytes begin like UTF-16, with a mark or with zeros in every other place.
    package static func isLikely(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        let start = bytes.prefix(64)
        return start.count >= 4 && start.count { $0 == 0 } * 3 >= start.count
    }
}
