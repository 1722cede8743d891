// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Where the facts come from that rules and answers ask for.
package protocol FactSource {
    /// Says who the contact sources know under a number.
    func contact(of number: PhoneNumber) -> ContactLookup

    /// Says where a number belongs; `nil` for one of no country.
    func origin(of number: PhoneNumber) -> NumberOrigin?
}
