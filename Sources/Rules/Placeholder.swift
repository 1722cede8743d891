// SPDX-License-Identifier: Apache-2.0

/// What may stand between `{{` and `}}` in a greeting, a rejection, a message or a raw answer.
package enum Placeholder: Hashable, Sendable {
    case callerNumber
    case lineName
    case lineNumber
    case callID
    case timeHour

    /// Reads the name inside the braces; `nil` for one that is not ours and passes through untouched.
    package init?(name: some StringProtocol) {
        switch name {
        case "caller.number": self = .callerNumber
        case "line.name": self = .lineName
        case "line.number": self = .lineNumber
        case "call.id": self = .callID
        case "time.hour": self = .timeHour
        default: return nil
        }
    }
}
