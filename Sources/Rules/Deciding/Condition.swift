// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What a rule asks of a call.
package indirect enum Condition: Equatable, Sendable {
    case always
    case callerIs(Set<PhoneNumber>)
    case callerBegins([PhonePrefix])
    case callerWithheld
    case line(Set<PhoneNumber>)
    case group(Set<String>)
    /// The hours are open; an index into `RuleBook.hours`.
    case during(Int)
    case all([Condition])
    case any([Condition])
    case not(Condition)
}
