// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The 32 bytes that a signature claims, in four words, so that reading and comparing them allocates nothing.
struct SignatureCode {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Reads `sha256=` and 64 lower-case hexadecimal digits; older documents leave the prefix away.
    init?(header: String) {
        var header = header
        guard let words = header.withUTF8(Self.words) else { return nil }
        self.words = words
    }

    private static let prefix: [UInt8] = Array("sha256=".utf8)

    private static func words(_ header: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64, UInt64, UInt64)? {
        let start = header.starts(with: prefix) ? prefix.count : 0
        guard header.count - start == 64, let first = word(header, at: start),
            let second = word(header, at: start + 16),
            let third = word(header, at: start + 32), let fourth = word(header, at: start + 48)
        else { return nil }
        return (first, second, third, fourth)
    }

    /// Compares with a computed code in constant time: every bit is looked at before anything is decided.
    func matches(_ code: SHA256Digest) -> Bool {
        code.withUnsafeBytes { bytes in
            let word = { UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
            let difference = (words.0 ^ word(0)) | (words.1 ^ word(1)) | (words.2 ^ word(2)) | (words.3 ^ word(3))
            return difference == 0
        }
    }

    private static func word(_ digits: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt64? {
        var word: UInt64 = 0
        for place in start..<start + 16 {
            guard let value = nibble(digits[place]) else { return nil }
            word = word << 4 | UInt64(value)
        }
        return word
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
