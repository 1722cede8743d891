// SPDX-License-Identifier: Apache-2.0

/// Finds a number in a file of any kind, whatever is between its digits and in front of them.
///
/// The digits of the national number are looked for; blanks, dashes, brackets, dots and the zero bytes of UTF-16 may be
/// between them, and they may be digits of other scripts.
package struct NumberSpellings: Hashable, Sendable {
    /// The digits without the country code.
    private let digits: [UInt8]
    /// More bytes than this between two digits end a number.
    private static let widestGap = 8

    package init(of number: PhoneNumber) {
        let all = Array(String(number.digits).utf8).map { $0 - UInt8(ascii: "0") }
        digits = Array(all.dropFirst(CountryCode.length(of: all)))
    }

    /// The text with zeros in place of the number's digits, and how often it was there.
    package func blanking(_ text: [UInt8]) -> (text: [UInt8], count: Int) {
        var text = text
        var count = 0
        // The newest digits without anything else between them, and where their last bytes are.
        var run: [(value: UInt8, last: Int, zero: UInt8)] = []
        var (place, gap) = (0, 0)
        while place < text.count {
            if let digit = text.withUnsafeBufferPointer({ NumberCharacter.digit(at: place, in: $0) }) {
                run.append((digit.value, place + digit.length - 1, digit.zero))
                (place, gap) = (place + digit.length, 0)
                guard run.count >= digits.count, run.suffix(digits.count).map(\.value) == digits else { continue }
                for found in run.suffix(digits.count) { text[found.last] = found.zero }
                count += 1
                run = []
                continue
            }
            gap += 1
            if !Self.isBetweenDigits(text[place]) || gap > Self.widestGap { run.removeAll(keepingCapacity: true) }
            if run.count > 64 { run.removeFirst(run.count - 64) }
            place += 1
        }
        return (text, count)
    }

    /// Whether a byte may be between two digits of a number; spaces and dashes outside of ASCII are among the others.
    private static func isBetweenDigits(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, 0x09, 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: true
        case 0x80...0xBF, 0xC2, 0xE2, 0xEF: true
        default: false
        }
    }
}

/// The length of country codes (ITU-T E.164).
private enum CountryCode {
    static func length(of digits: [UInt8]) -> Int {
        guard let first = digits.first, digits.count > 3 else { return 0 }
        if first == 1 || first == 7 { return 1 }
        return twoDigits.contains(first * 10 + digits[1]) ? 2 : 3
    }

    private static let twoDigits: Set<UInt8> = [
        20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61,
        62,
        63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
    ]
}
