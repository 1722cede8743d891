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
