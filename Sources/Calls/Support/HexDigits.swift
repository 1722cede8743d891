// SPDX-License-Identifier: Apache-2.0

/// Lower-case hexadecimal, eight digits at a time: each digit is one byte of a word, the first one in the highest byte.
package enum HexDigits {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The value of eight digits; `nil` if one is not a digit, or in upper case.
    package static func value(_ digits: UInt64) -> UInt32? {
        // Letters have a bit that numerals lack: `a` is 0x61 and means 1 + 9.
        var values = (digits & (ones &* 0x0F)) &+ (digits >> 6 & ones) &* 9
        guard values & (ones &* 0xF0) == 0, text(values) == digits else { return nil }
        values = (values | values >> 4) & 0x00FF_00FF_00FF_00FF
        values = (values | values >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: values | values >> 16)
    }

    /// The eight digits of a value.
    package static func digits(_ value: UInt32) -> UInt64 {
        var values = UInt64(value)
        values = (values | values << 16) & 0x0000_FFFF_0000_FFFF
        values = (values | values << 8) & 0x00FF_00FF_00FF_00FF
        values = (values | values << 4) & (ones &* 0x0F)
        return text(values)
    }

    /// The digits of eight values below 16.
    private static func text(_ values: UInt64) -> UInt64 {
        // From 10 on, six more carries into bit 4.
        let letters = (values &+ ones &* 6) >> 4 & ones
        return values &+ ones &* 0x30 &+ letters &* 0x27
    }
}
