// SPDX-License-Identifier: Apache-2.0

/// One end of a call, as the platform names it (docs/platform.md, assistant-request: null, absent, empty
/// and non-E.164 all occur).
package enum Party: Hashable, Sendable {
    case number(PhoneNumber)
    /// No number was given: null, absent, empty, or a word such as `anonymous`.
    case withheld
    /// A text that is not E.164; kept as it came, and untrusted until it is cleaned.
    case unusual(String)

    /// Reads a number of a webhook.
    package init(_ text: String?) {
        guard let text, !text.isEmpty else {
            self = .withheld
            return
        }
        if let number = PhoneNumber(text) {
            self = .number(number)
        } else if Self.wordsForWithheld.contains(text.lowercased()) {
            self = .withheld
        } else {
            self = .unusual(text)
        }
    }

    /// The E.164 number, if it is one.
    package var number: PhoneNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The words that telephone networks use in place of a withheld number.
    private static let wordsForWithheld: Set<String> = [
        "anonymous", "private", "restricted", "unknown", "unavailable", "withheld", "blocked",
    ]
}

extension Party: CustomStringConvertible {
    package var description: String {
        switch self {
        case .number(let number): number.description
        case .withheld: "withheld"
        case .unusual(let text): text
        }
    }
}
