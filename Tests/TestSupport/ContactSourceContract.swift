// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts

/// What every source of contacts has in common, whether it is a table, a database or a server.
package enum ContactSourceContract {
    /// A caller that the source under test must be given, with the attributes as they are stored.
    package struct Person: Sendable {
        package let number: PhoneNumber
        package let name: String
        package let tier: String
    }

    package static let people = [
        Person(number: "+31612345670", name: "Jan", tier: "vip"),
        Person(number: "+31612345671", name: "", tier: "new"),
        Person(number: "+31612345672", name: #"Zoë "de" Vries, 世界\"#, tier: "7"),
        Person(number: "+31612345673", name: "two\nlines", tier: "{{caller.number}}"),
        Person(number: "+316123456700", name: "Longer", tier: "vip"),
    ]

    /// Whom the source is asked about, and what it must answer.
    package static let rows: [Row<PhoneNumber, ContactAnswer>] = [
        row("every attribute is returned", "+31612345670", ["name": "Jan", "tier": "vip"]),
        row("an empty attribute is left out", "+31612345671", ["tier": "new"]),
        row("text is returned unchanged", "+31612345672", ["name": #"Zoë "de" Vries, 世界\"#, "tier": "7"]),
        row("line breaks and placeholders too", "+31612345673", ["name": "two\nlines", "tier": "{{caller.number}}"]),
        row("a number that begins with another one", "+316123456700", ["name": "Longer", "tier": "vip"]),
        Row("a number that another one begins with", "+3161234567", .unknown),
        Row("an unknown caller", "+31612345699", .unknown),
    ]

    private static func row(
        _ name: String, _ number: PhoneNumber, _ attributes: [String: String]
    ) -> Row<PhoneNumber, ContactAnswer> {
        Row(name, number, .found(Contact(attributes: attributes)))
    }
}
