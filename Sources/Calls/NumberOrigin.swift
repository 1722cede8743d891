// SPDX-License-Identifier: Apache-2.0

/// Where a number belongs, told from its digits.
package struct NumberOrigin: Hashable, Sendable {
    /// The country as ISO 3166-1 has it, such as `NL`.
    package let country: String
    /// The language that most people there speak, as ISO 639-1 has it, such as `nl`; `nil` where none can be told.
    package let language: String?

    package init(country: String, language: String?) {
        self.country = country
        self.language = language
    }
}
