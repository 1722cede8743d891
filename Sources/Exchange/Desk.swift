// SPDX-License-Identifier: Apache-2.0

import Calls
package import Contacts
package import EventLog
package import Rules
import Synchronization

/// Where the operator's switches are thrown: each change makes a new answering book and is told to the log.
package final class Desk: Sendable {
    private let books: BookInUse
    private let log: EventLog
    private let clock: WallClock
    /// Who sits at it.
    private let operatorName: String
    private let changes = Atomic<UInt64>(0)

    package init(books: BookInUse, log: EventLog, clock: WallClock, operatorName: String) {
        self.books = books
        self.log = log
        self.clock = clock
        self.operatorName = operatorName
    }

    /// Rejects every call with a text.
    package func close(saying text: String) {
        set(.closed(says: text), telling: "closed all lines")
    }

    /// Lets calls in again: takes a closure back; where it is the hours that close lines, skips them.
    package func open() {
        let book = book
        if case .closed? = book.switches.closure(.all)?.kind {
            change("opened all lines") { $0.clearClosure(.all) }
        } else if book.lineStatuses(at: clock.now()).contains(where: { !$0.isOpen }) {
            set(.forcedOpen, telling: "opened all lines, whatever the hours")
        }
    }

    /// Takes back a forced opening: the lines follow their hours again.
    package func followHours() {
        change("let the lines follow their hours") { $0.clearClosure(.all) }
    }

    /// Greets every caller who is let in with a text.
    package func greet(with text: String) {
        set(.greeting(text), telling: "forced a greeting on all lines")
    }

    /// Lets the answers greet again as they would.
    package func clearGreeting() {
        change("took back the forced greeting") { $0.clearGreeting(.all) }
    }

    /// Puts a new rules file in use; the switches stay as they are.
    ///
    /// Returns in words which lines now answer an unknown caller differently.
    @discardableResult
    package func use(_ rules: RuleBook, contacts: ContactDirectory) -> [String] {
        let before = book
        books.replace { held in
            BookInUse.Held(book: AnsweringBook(rules: rules, switches: held.book.switches), contacts: contacts)
        }
        let differences = AnsweringBook.differences(from: before, to: book, at: clock.now())
        changes.add(1, ordering: .releasing)
        let words = ["the rules of revision \(rules.revision) are in use"] + differences
        log.recordDesk(words.joined(separator: "; "), at: clock.now())
        return differences
    }

    /// Grows whenever the switches or the rules change.
    package var version: UInt64 { changes.load(ordering: .acquiring) }

    /// The answering book in use.
    var book: AnsweringBook { books.current.book }

    /// The desk's clock.
    var now: Instant { clock.now() }

    private func set(_ kind: Override.Kind, telling words: String) {
        let override = Override(kind: kind, scope: .all, since: clock.now(), who: operatorName)
        change(words) { $0.set(override) }
    }

    private func change(_ words: String, _ change: (inout Switches) -> Void) {
        books.replace { held in
            var switches = held.book.switches
            change(&switches)
            return BookInUse.Held(
                book: AnsweringBook(rules: held.book.rules, switches: switches), contacts: held.contacts)
        }
        changes.add(1, ordering: .releasing)
        log.recordDesk("\(operatorName) \(words)", at: clock.now())
    }
}
