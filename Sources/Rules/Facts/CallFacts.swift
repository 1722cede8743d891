// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Facts that rules may ask for and that are not in the call itself.
///
/// Deciding looks nothing up: a rule that asks for a fact that is not here makes it throw `MissingFact`. The caller then
/// fetches that fact and decides again.
package struct CallFacts: Sendable {
    /// `nil` for most calls, which need none; those copy and compare nothing.
    private var storage: Storage?

    private final class Storage: Sendable {
        let values: Values

        init(_ values: Values) { self.values = values }
    }

    private struct Values: Equatable, Sendable {
        var contact = Fact<ContactLookup>.unasked
        var origin = Fact<NumberOrigin?>.unasked
        var replies: [AskedUpstream] = []
        var earlier = EarlierCalls.none
        var live = LiveCallCounts.none
    }

    private init() {}

    /// Nothing was looked up.
    package static var none: CallFacts { CallFacts() }

    /// Whether nothing was looked up.
    var areNone: Bool { storage == nil || values == Values() }

    private var values: Values {
        get { storage?.values ?? Values() }
        set { storage = Storage(newValue) }
    }

    /// The caller, as the contact sources know them.
    package var contact: Fact<ContactLookup> {
        get { storage?.values.contact ?? .unasked }
        set { values.contact = newValue }
    }

    /// The country and language of the caller's number; `nil` for a number of no country.
    package var origin: Fact<NumberOrigin?> {
        get { storage?.values.origin ?? .unasked }
        set { values.origin = newValue }
    }

    /// The replies of the upstream servers that were asked, in the order in which they were asked.
    package var replies: [AskedUpstream] { storage?.values.replies ?? [] }

    /// Earlier calls, for rules that count.
    ///
    /// They are counted for every call, so they are never missing.
    package var earlier: EarlierCalls {
        get { storage?.values.earlier ?? .none }
        set { values.earlier = newValue }
    }

    /// The live calls of the line and its group, for rules that count them.
    package var live: LiveCallCounts {
        get { storage?.values.live ?? .none }
        set { values.live = newValue }
    }

    /// The memory that the facts keep, in bytes, about.
    package var bytes: Int {
        var bytes = 192 + (earlier.fromCaller.count + earlier.toLine.count + earlier.fromCallerToLine.count) * 8
        if case .known(let lookup) = contact {
            bytes += lookup.contact?.attributes.reduce(64) { $0 + $1.key.utf8.count + $1.value.utf8.count + 64 } ?? 0
            bytes += lookup.reports.count * 64
        }
        for asked in replies {
            bytes += 64
            if case .answered(let body) = asked.report.reply { bytes += body.count }
        }
        return bytes
    }

    /// What an upstream server said; `nil` where it was not asked.
    func report(of upstream: Upstream) -> UpstreamReport? { replies.first { $0.upstream == upstream }?.report }

    /// Adds what an upstream server said.
    package mutating func note(_ report: UpstreamReport, of upstream: Upstream) {
        values.replies.append(AskedUpstream(upstream: upstream, report: report))
    }
}

extension CallFacts: Equatable {
    package static func == (left: CallFacts, right: CallFacts) -> Bool {
        left.storage === right.storage || left.values == right.values
    }
}

/// An upstream server that was asked, and what it said.
package struct AskedUpstream: Equatable, Sendable {
    package let upstream: Upstream
    package let report: UpstreamReport
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
