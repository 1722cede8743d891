// SPDX-License-Identifier: Apache-2.0

/// A telephone number in E.164 form, such as `+31201234567` (ITU-T E.164: at most 15 digits, none of them a leading zero).
///
/// Kept as a number, so that comparing, hashing and testing a prefix cost no allocation on the answering path.
package struct PhoneNumber: Hashable, Sendable {
    /// The digits behind the plus sign; no country code begins with 0, so none is lost.
    package let digits: UInt64

    /// How many digits the number has, 3 to 15.
    package let length: Int

    /// Creates a number, or returns `nil` when the text is not E.164.
    package init?(_ text: some StringProtocol) {
        guard let prefix = PhonePrefix(text), prefix.length >= 3 else { return nil }
        digits = prefix.digits
        length = prefix.length
    }

    /// Tells whether the number begins with the prefix.
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
