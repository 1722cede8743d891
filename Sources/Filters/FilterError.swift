// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a filter, and where.
package struct FilterError: Error, Hashable, Sendable {
    package let code: Code
    /// The wrong part, in Unicode code points from the start of the text.
    package let range: Range<Int>
    /// What is wrong and what to write instead.
    package let message: String

    /// The kind of mistake; a format of the control API.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        case unknownKey = "unknown_key"
        case missingValue = "missing_value"
        case unknownValue = "unknown_value"
        case badNumber = "bad_number"
        case badTime = "bad_time"
        case badRange = "bad_range"
        case unclosedQuote = "unclosed_quote"
        case tooLong = "too_long"
    }

    init(_ code: Code, _ range: Range<Int>, _ message: String) {
        self.code = code
        self.range = range
        self.message = message
    }
}
