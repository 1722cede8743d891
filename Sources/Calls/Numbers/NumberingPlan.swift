// SPDX-License-Identifier: Apache-2.0

/// The numbering plans of the world: what a spelling means, and where a number belongs.
package protocol NumberingPlan: Sendable {
    /// Reads a number in any spelling that people use, such as `+31 6 1234-5678` or `0031612345678`.
    ///
    /// A national spelling such as `06 12345678` is read as one of `country` (ISO 3166-1), and is `nil` without it.
    func number(spelled text: String, country: String?) -> PhoneNumber?

    /// Returns where a number belongs; `nil` for one of no country, such as `+800...`.
    func origin(of number: PhoneNumber) -> NumberOrigin?

    /// Whether the number can exist in its country.
    func isValid(_ number: PhoneNumber) -> Bool
}

/// The origin of a number, derived from its digits.
package struct NumberOrigin: Hashable, Sendable {
    /// The country as ISO 3166-1 has it, such as `NL`.
    package let country: String
    /// The language that most people there speak, as ISO 639-1 has it, such as `nl`; `nil` where there is no single one.
    package let language: String?

    package init(country: String, language: String?) {
        self.country = country
        self.language = language
    }
}
