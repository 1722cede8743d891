// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts

extension RemoteContacts {
    /// Looks a caller up, whatever the line.
    package func contact(for number: PhoneNumber, within time: Duration) async -> ContactAnswer {
        await contact(for: ContactQuery(number), within: time)
    }
}
