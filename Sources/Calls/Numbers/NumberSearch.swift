// SPDX-License-Identifier: Apache-2.0

/// Finds E.164 numbers by what people type for them.
package enum NumberSearch {
    /// Fewer digits are not looked for in other spellings: they may be a time or a count.
    private static let fewestDigits = 5

    /// Returns the part of an E.164 number that a text in another spelling means: `06 1234 5678` is in every number
    /// that contains `612345678`, and `0031 6` is one that begins with `+316`.
    ///
    /// - Returns: `nil` for a text that is not a number, or that is such a part already.
    package static func part(spelled text: String) -> String? {
        guard case .dialled(let digits) = NumberSpelling(text).content,
            digits.count(where: \.isDigit) >= fewestDigits
        else { return nil }
        // Eleven digits that begin with 8 are a national number in some countries.
        let isNational = digits.count == 11 && digits.hasPrefix("8")
        let isInternational = digits.hasPrefix("+") || digits.hasPrefix("00")
        let part =
            isInternational
            ? TrunkPrefix.withoutZero("+" + digits.drop { $0 == "+" || $0 == "0" })
            : String(isNational ? digits.dropFirst() : digits.drop { $0 == "0" })
        return part.isEmpty || part == text ? nil : part
    }
}
