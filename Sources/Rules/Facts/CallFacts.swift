// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What rules may ask beside the call itself.
///
/// Deciding looks nothing up. A rule that asks for a fact that is not here yet makes it throw `MissingFact`; whoever
/// decides then fetches that one and decides again.
package struct CallFacts: Equatable, Sendable {
    /// Who the sources say is calling.
    package var contact = Fact<ContactLookup>.unasked
    /// Where the caller's number belongs; `nil` for one of no country.
    package var origin = Fact<NumberOrigin?>.unasked
    /// What the server said that the decided answer asks.
    package var reply = Fact<UpstreamReport>.unasked
    /// The calls before this one, for rules that count; they are counted for every call, so they are never missing.
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
