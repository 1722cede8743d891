// SPDX-License-Identifier: Apache-2.0

/// What may stand between `{{` and `}}` in a greeting, a rejection, a message or a raw answer.
package enum Placeholder: Hashable, Sendable {
    case callerNumber
    /// The country of the caller's number, such as `NL`.
    case callerCountry
    /// An attribute of the contact.
    case contact(String)
    case lineName
    case lineNumber
    case callID
    case timeHour

    /// The names of those that are not attributes of a contact.
    package static let names = ["caller.number", "caller.country", "line.name", "line.number", "call.id", "time.hour"]

    /// What the names of a contact's attributes begin with.
    package static let contactPrefix = "contact."

    /// Reads the name inside the braces; `nil` for one that is not ours and passes through untouched.
    package init?(name: some StringProtocol) {
        switch name {
        case "caller.number": self = .callerNumber
        case "caller.country": self = .callerCountry
        case "line.name": self = .lineName
        case "line.number": self = .lineNumber
        case "call.id": self = .callID
        case "time.hour": self = .timeHour
        default:
            let attribute = name.dropFirst(Self.contactPrefix.count)
            guard name.hasPrefix(Self.contactPrefix), !attribute.isEmpty else { return nil }
            self = .contact(String(attribute))
        }
    }
}
