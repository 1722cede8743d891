// SPDX-License-Identifier: Apache-2.0

/// The 32 bytes that a signature claims, in four words, so that reading and comparing them allocates nothing.
struct SignatureCode {
    private(set) var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Reads `sha256=` and 64 lower-case hexadecimal digits; older documents omit the prefix.
    init?(header: String) {
        var header = header
        guard let words = header.withUTF8(Self.words) else { return nil }
        self.words = words
    }

    private static let prefix: StaticString = "sha256="

    private static func words(_ header: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64, UInt64, UInt64)? {
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
    private static func word(_ digits: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt64? {
        let bytes = UnsafeRawBufferPointer(digits)
        guard let high = half(UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))),
            let low = half(UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)))
        else { return nil }
        return high << 32 | low
    }

    /// The four bytes of eight digits, all read at once, one in each byte of the word.
    private static func half(_ digits: UInt64) -> UInt64? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // Letters have a bit that numerals lack: `a` is 0x61 and means 1 + 9.
        var values = (digits & (ones &* 0x0F)) &+ (digits >> 6 & ones) &* 9
        // Digits are below 16 and, written back, the same again. From 10 on, six more carries into bit 4.
        let letters = (values &+ ones &* 6) >> 4 & ones
        guard values & (ones &* 0xF0) == 0, values &+ ones &* 0x30 &+ letters &* 0x27 == digits else { return nil }
        values = (values | values >> 4) & 0x00FF_00FF_00FF_00FF
        values = (values | values >> 8) & 0x0000_FFFF_0000_FFFF
        return (values | values >> 16) & 0xFFFF_FFFF
    }
}
