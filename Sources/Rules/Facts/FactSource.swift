// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Where the facts come from that rules and answers ask for.
///
/// A source that cannot tell a fact at once throws; one that always can has `Never` for its failure.
package protocol FactSource<Failure> {
    associatedtype Failure: Error

    /// Says who the contact sources know under a number.
    func contact(of number: PhoneNumber) throws(Failure) -> ContactLookup

    /// Says where a number belongs; `nil` for one of no country.
    func origin(of number: PhoneNumber) throws(Failure) -> NumberOrigin?

    /// Says what another server answers.
    func reply(of upstream: Upstream) throws(Failure) -> UpstreamReport
}
