// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The 32 bytes that a signature claims, in four words, so that reading and comparing them allocates nothing.
struct SignatureCode {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Reads `sha256=` and 64 lower-case hexadecimal digits; older documents leave the prefix away.
    init?(header: String) {
        let digits = header.hasPrefix("sha256=") ? header.utf8.dropFirst(7) : header.utf8[...]
        guard digits.count == 64 else { return nil }
        var digit = digits.makeIterator()
        guard let first = Self.word(&digit), let second = Self.word(&digit), let third = Self.word(&digit),
            let fourth = Self.word(&digit)
        else { return nil }
        words = (first, second, third, fourth)
    }

    /// Compares with a computed code in constant time: every bit is looked at before anything is decided.
    func matches(_ code: HMAC<SHA256>.MAC) -> Bool {
        code.withUnsafeBytes { bytes in
            let word = { UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
            let difference = (words.0 ^ word(0)) | (words.1 ^ word(1)) | (words.2 ^ word(2)) | (words.3 ^ word(3))
            return difference == 0
        }
    }

    private static func word(_ digits: inout some IteratorProtocol<UInt8>) -> UInt64? {
        var word: UInt64 = 0
        for _ in 0..<16 {
            guard let byte = digits.next(), let value = nibble(byte) else { return nil }
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
