// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Numbers as people and networks write them.
package enum SpelledNumber {
    /// Fifty countries on all continents, with and without a prefix before national numbers.
    package static let countries = [
        "NL", "BE", "DE", "FR", "GB", "IE", "ES", "PT", "IT", "CH", "AT", "LU", "DK", "SE", "NO", "FI", "IS", "PL",
        "CZ",
        "SK", "HU", "RO", "BG", "GR", "TR", "UA", "RU", "EE", "LV", "LT", "US", "CA", "MX", "BR", "AR", "CL", "CO",
        "AU",
        "NZ", "JP", "KR", "CN", "IN", "ID", "TH", "PH", "ZA", "EG", "NG", "IL",
    ]

    /// A number in more than ten spellings; `national`, `international` and `uri` as its country writes it.
    package static func spellings(
        of number: PhoneNumber, national: String, international: String, uri: String
    ) -> [String] {
        let digits = String(number.digits)
        return [
            "+\(digits)", digits, "00\(digits)", national, international, uri,
            "sip:+\(digits)@198.51.100.7;user=phone", international.replacing(" ", with: "-"),
            "\u{202A}+\(digits)\u{202C}", fullWidth("+\(digits)"), "\(international) ext. 12",
        ]
    }

    /// The text in the full-width forms of its ASCII characters.
    package static func fullWidth(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
    }
}
