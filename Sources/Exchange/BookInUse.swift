// SPDX-License-Identifier: Apache-2.0

import Calls
package import Rules
import Synchronization

/// The answering book that counts now; a new one takes its place at once and whole.
package final class BookInUse: Sendable {
    private let book: Mutex<AnsweringBook>

    package init(_ book: AnsweringBook) {
        self.book = Mutex(book)
    }

    package var current: AnsweringBook { book.withBriefLock { $0 } }

    /// Makes the next book out of the current one; two changes at once happen one after the other.
    package func replace(_ next: (AnsweringBook) -> AnsweringBook) {
        book.withLock { $0 = next($0) }
    }
}
