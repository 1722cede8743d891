// SPDX-License-Identifier: Apache-2.0

/// A telephone number in E.164 form, such as `+31201234567` (ITU-T E.164: at most 15 digits, none of them a leading zero).
///
/// Kept as a number, so that comparing, hashing and testing a prefix cost no allocation on the answering path.
package struct PhoneNumber: Hashable, Sendable {
    /// The digits after the plus sign; no country code begins with 0, so none is lost.
    package let digits: UInt64

    /// How many digits the number has, 3 to 15.
    package let length: Int

    /// Creates a number between two others of its length.
    init(digits: UInt64, length: Int) {
        self.digits = digits
        self.length = length
    }

    /// Creates a number, or returns `nil` when the text is not E.164.
    package init?(_ text: some StringProtocol) {
        self.init(PhonePrefix(text))
    }

    /// Creates a number from UTF-8, without making a text of it; `nil` when it is not E.164.
    package init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        self.init(PhonePrefix(utf8: text))
    }

    private init?(_ prefix: PhonePrefix?) {
        guard let prefix, prefix.length >= 3 else { return nil }
        digits = prefix.digits
        length = prefix.length
    }

    /// Whether the number begins with the prefix.
    package func begins(with prefix: PhonePrefix) -> Bool {
        prefix.length <= length && self.prefix(prefix.length) == prefix
    }

    /// Returns the first digits; as many as the number has, at most.
    package func prefix(_ count: Int) -> PhonePrefix {
        var leading = digits
        for _ in min(count, length)..<length { leading /= 10 }
        return PhonePrefix(digits: leading, length: min(count, length))
    }
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { "+\(digits)" }
}

/// The beginning of an E.164 number, such as `+49` or `+3120`.
package struct PhonePrefix: Hashable, Sendable {
    package let digits: UInt64

    /// How many digits the prefix has, 1 to 15.
    package let length: Int

    /// Creates the beginning of a number that is E.164 already.
    init(digits: UInt64, length: Int) {
        self.digits = digits
        self.length = length
    }

    /// Creates a prefix, or returns `nil` when the text is not a plus sign and 1 to 15 digits.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let prefix = text.withUTF8(PhonePrefix.init(utf8:)) else { return nil }
        self = prefix
    }

    fileprivate init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.first == UInt8(ascii: "+"), (2...16).contains(text.count) else { return nil }
        var digits: UInt64 = 0
        for byte in text[1...] {
            guard UInt8(ascii: "0") <= byte, byte <= UInt8(ascii: "9") else { return nil }
            digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
            guard digits > 0 else { return nil }
        }
        self.init(digits: digits, length: text.count - 1)
    }

    /// Whether every number with this prefix also begins with the other one.
    package func begins(with other: PhonePrefix) -> Bool {
        guard other.length <= length else { return false }
        var leading = digits
        for _ in other.length..<length { leading /= 10 }
        return leading == other.digits
    }
}

extension PhonePrefix: CustomStringConvertible {
    package var description: String { "+\(digits)" }
}
