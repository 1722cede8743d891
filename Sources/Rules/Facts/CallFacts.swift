// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Facts that rules may ask for and that are not in the call itself.
///
/// Deciding looks nothing up: a rule that asks for a fact that is not here makes it throw `MissingFact`. The caller then
/// fetches that fact and decides again.
package struct CallFacts: Equatable, Sendable {
    /// The caller, as the contact sources know them.
    package var contact = Fact<ContactLookup>.unasked
    /// The country and language of the caller's number; `nil` for a number of no country.
    package var origin = Fact<NumberOrigin?>.unasked
    /// The reply of the upstream server that the decided answer asks.
    package var reply = Fact<UpstreamReport>.unasked
    /// Earlier calls, for rules that count.
    ///
    /// They are counted for every call, so they are never missing.
    package var earlier = EarlierCalls.none

    package init() {}

    /// Nothing was looked up.
    package static let none = CallFacts()

    /// The memory that the facts keep, in bytes, about.
    package var bytes: Int {
        var bytes = 192 + (earlier.fromCaller.count + earlier.toLine.count) * 8
        if case .known(let lookup) = contact {
            bytes += lookup.contact?.attributes.reduce(64) { $0 + $1.key.utf8.count + $1.value.utf8.count + 64 } ?? 0
            bytes += lookup.reports.count * 64
        }
        if case .known(let report) = reply, case .answered(let body) = report.reply { bytes += body.count }
        return bytes
    }
}

/// Something that is looked up only when a rule asks for it.
package enum Fact<Value: Equatable & Sendable>: Equatable, Sendable {
    case unasked
    case known(Value)
}

/// What has to be looked up before a call can be decided.
package enum MissingFact: Error, Equatable, Sendable {
    case contact
    case origin
    /// The reply of an upstream server.
    case reply(of: Upstream)
}

/// Looks up the facts that rules and answers ask for.
///
/// A source that cannot give a fact at once throws; one that always can has `Never` for its failure.
package protocol FactSource<Failure> {
    associatedtype Failure: Error

    /// Looks a caller up in the contact sources.
    func contact(of number: PhoneNumber) throws(Failure) -> ContactLookup

    /// Returns the country and language of a number; `nil` for a number of no country.
    func origin(of number: PhoneNumber) throws(Failure) -> NumberOrigin?

    /// Asks an upstream server for the answer.
    func reply(of upstream: Upstream) throws(Failure) -> UpstreamReport
}
