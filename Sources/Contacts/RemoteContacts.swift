// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A source of contacts that has to be waited for.
package protocol RemoteContacts: Sendable {
    /// The source for people, such as `crm.example.com`.
    var name: String { get }

    /// Asks for a contact, and waits at most as long as the limit says.
    func contact(for number: PhoneNumber, within limit: Duration) async -> ContactAnswer
}
