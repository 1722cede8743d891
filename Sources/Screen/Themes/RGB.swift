// SPDX-License-Identifier: Apache-2.0

/// A colour as a screen mixes it.
package struct RGB: Hashable, Sendable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#rgb` or `#rrggbb`, or returns `nil` when the text is neither.
    package init?(_ text: some StringProtocol) {
        let digits = text.dropFirst()
        guard text.first == "#", digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            return nil
        }
        switch digits.count {
        case 3:
            let parts = [value >> 8, value >> 4, value].map { UInt8(($0 & 15) * 17) }
            self.init(red: parts[0], green: parts[1], blue: parts[2])
        case 6:
            let parts = [value >> 16, value >> 8, value].map { UInt8($0 & 255) }
            self.init(red: parts[0], green: parts[1], blue: parts[2])
        default:
            return nil
        }
    }
}
