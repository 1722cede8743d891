// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A source of contacts that answers at once, from memory.
package protocol LocalContacts: Sendable {
    /// The source for people, such as `contacts.csv`.
    var name: String { get }

    func contact(for number: PhoneNumber) -> ContactAnswer
}
