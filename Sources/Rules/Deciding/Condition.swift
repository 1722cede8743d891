// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What a rule asks of a call.
package indirect enum Condition: Equatable, Sendable {
    case always
    case callerIs(Set<PhoneNumber>)
    case callerBegins([PhonePrefix])
    case callerWithheld
    /// The caller stands in a list that was read from a file.
    case callerListed(file: String, Set<PhoneNumber>)
    /// The caller's number belongs to one of these countries (ISO 3166-1).
    case callerCountry(Set<String>)
    /// One of these languages (ISO 639-1) is what most people speak where the caller's number belongs.
    case callerLanguage(Set<String>)
    case contactKnown(Bool)
    case contact(attribute: String, AttributeTest)
    case line(Set<PhoneNumber>)
    case group(Set<String>)
    /// The hours are open; an index into `RuleSet.hours`.
    case during(Int)
    /// On the clock of the line.
    case date([DateSpan])
    case callsFromCaller(CallLimit)
    case callsToLine(CallLimit)
    /// The caller called before, at most so many seconds ago.
    case seenBefore(withinSeconds: Int)
    /// The platform's word for the kind of call, such as `inbound_phone_call`.
    case callType(Set<String>)
    case all([Condition])
    case any([Condition])
    case not(Condition)
}
