// SPDX-License-Identifier: Apache-2.0

import Calls
package import Contacts
package import Rules
import Synchronization

/// What calls are answered with now; something new takes its place at once and whole.
package final class BookInUse: Sendable {
    private let held: Mutex<Held>

    /// The rules with the switches, and the contacts that belong to the same file; behind one reference, since every call
    /// takes it.
    package final class Held: Sendable {
        package let book: AnsweringBook
        package let contacts: ContactDirectory

        package init(book: AnsweringBook, contacts: ContactDirectory) {
            self.book = book
            self.contacts = contacts
        }
    }

    package init(_ book: AnsweringBook, contacts: ContactDirectory = ContactDirectory(sources: [])) {
        held = Mutex(Held(book: book, contacts: contacts))
    }

    package var current: Held { held.withBriefLock { $0 } }

    /// Makes the next one out of the current one; two changes at once happen one after the other.
    package func replace(_ next: (Held) -> Held) {
        held.withLock { $0 = next($0) }
    }
}
