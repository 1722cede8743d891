// SPDX-License-Identifier: Apache-2.0

import Calls

/// The 32 bytes that a signature claims, in four words, so that reading and comparing them allocates nothing.
struct SignatureCode {
    private(set) var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Reads `sha256=` and 64 lower-case hexadecimal digits; older documents omit the prefix.
    init?(header: UnsafeRawBufferPointer) {
        guard let words = Self.words(header) else { return nil }
        self.words = words
    }

    private static let prefix: StaticString = "sha256="

    private static func words(_ header: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64)? {
        let start = header.count == 64 ? 0 : prefix.utf8CodeUnitCount
        guard header.count == start + 64, (0..<start).allSatisfy({ header[$0] == prefix.utf8Start[$0] }),
            let first = word(header, at: start),
            let second = word(header, at: start + 16),
            let third = word(header, at: start + 32), let fourth = word(header, at: start + 48)
        else { return nil }
        return (first, second, third, fourth)
    }

    /// Compares with a computed code in constant time.
    func matches(_ code: SHA256Digest) -> Bool {
        code.isSame(as: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
    }

    /// The eight bytes of sixteen digits; `nil` if one is not a digit.
    private static func word(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64? {
        guard
            let high = HexDigits.value(
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))),
            let low = HexDigits.value(
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)))
        else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }
}
