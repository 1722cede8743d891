// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A source of contacts that has to be waited for.
package protocol RemoteContacts: Sendable {
    /// The source for people, such as its URL or `crm.sqlite`.
    var name: String { get }

    /// Asks for a caller and answers within the time that it is given.
    func contact(for number: PhoneNumber, within time: Duration) async -> ContactAnswer
}
