// SPDX-License-Identifier: Apache-2.0

import Calls
package import Contacts
package import Rules
import Synchronization

/// What calls are answered with now; something new takes its place at once and whole.
package final class CurrentRules: Sendable {
    private let held: Mutex<Snapshot>

    /// The rules with the switches, and the contacts that belong to the same file; behind one reference, since every call
    /// takes it.
    package final class Snapshot: Sendable {
        package let book: CompiledRules
        package let contacts: ContactDirectory

        package init(book: CompiledRules, contacts: ContactDirectory) {
            self.book = book
            self.contacts = contacts
        }
    }

    package init(_ book: CompiledRules, contacts: ContactDirectory = ContactDirectory(sources: [])) {
        held = Mutex(Snapshot(book: book, contacts: contacts))
    }

    package var current: Snapshot { held.withSpinThenLock { $0 } }

    /// Makes the next one out of the current one; two changes at once happen one after the other.
    package func replace(_ next: (Snapshot) -> Snapshot) {
        held.withLock { $0 = next($0) }
    }
}
