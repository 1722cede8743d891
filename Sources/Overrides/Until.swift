// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Until when an operator wants a switch; the desk makes a moment of it.
package enum Until: Hashable, Sendable {
    case time(Instant)
    case lasting(seconds: Int64)
    /// The next moment at which the hours of one of the lines open or close it.
    case nextChange
    /// Until somebody takes it back.
    case reopened
}
