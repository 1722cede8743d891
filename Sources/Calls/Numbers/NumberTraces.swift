// SPDX-License-Identifier: Apache-2.0

/// The digits by which a number is found in texts, whatever country code or zeros are in front of them.
package struct NumberTraces: Hashable, Sendable {
    /// The last nine digits, or all of a shorter number.
    package let digits: String
    /// What takes their place in a text: as many zeros, so that a number remains a number.
    package var blank: String { String(repeating: "0", count: digits.count) }

    private static let most = 9

    package init(of number: PhoneNumber) {
        digits = String(String(number.digits).suffix(Self.most))
    }

    /// The text without the number, and how often it was there.
    package func blanking(_ text: [UInt8]) -> (text: [UInt8], count: Int) {
        let digits = Array(digits.utf8)
        let blank = Array(blank.utf8)
        var text = text
        var count = 0
        var place = 0
        while place + digits.count <= text.count {
            guard text[place] == digits[0], text[place..<(place + digits.count)].elementsEqual(digits) else {
                place += 1
                continue
            }
            text.replaceSubrange(place..<(place + digits.count), with: blank)
            count += 1
            place += digits.count
        }
        return (text, count)
    }
}
