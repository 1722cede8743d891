// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts
package import EventLog
package import OperatorDesk
package import Rules
import Synchronization

/// Where orders of operators are carried out: kept on disk, then put in force, then told to the log.
///
/// Orders wait for the disk and for each other, so they are given away from the answering path, which only ever sees the
/// finished book being swapped.
package final class Desk: Sendable {
    private let books: BookInUse
    private let log: EventLog
    private let clock: WallClock
    private let store: any DeskStore
    private let kept: Mutex<Kept>
    private let changes = Atomic<UInt64>(0)

    private struct Kept {
        var state: DeskState
        var warnings: [String]
    }

    /// Creates the desk with what was kept of it, and puts that in force.
    package init(
        books: BookInUse, log: EventLog, clock: WallClock, store: any DeskStore, state: DeskState = DeskState(),
        warnings: [String] = []
    ) {
        self.books = books
        self.log = log
        self.clock = clock
        self.store = store
        kept = Mutex(Kept(state: state, warnings: warnings))
        swap(state)
    }

    /// Carries an order out; when it returns, the change is on disk and the next call feels it.
    package func carryOut(_ order: DeskOrder, by who: Operator) throws(DeskRefusal) -> DeskOutcome {
        let outcome = try kept.withLock { kept throws(DeskRefusal) in
            let now = clock.now()
            let step = try kept.state.carrying(out: order, by: who, at: now, among: surroundings(at: now))
            try keep(step)
            kept = Kept(state: step.state, warnings: [])
            swap(step.state)
            return step.outcome
        }
        tell("\(who.user) \(outcome.words)")
        return outcome
    }

    /// Takes out what is over; returns when the next override ends, or `nil` when none ends by itself.
    ///
    /// Calls do not need it: an override whose time is over counts no more. It keeps the audit and the screens right.
    @discardableResult
    package func expire() -> Instant? {
        let (ended, next) = kept.withLock { kept in
            let step = kept.state.expiring(at: clock.now())
            guard !step.outcome.ended.isEmpty else { return ("", kept.state.nextEnd) }
            do throws(DeskRefusal) {
                try keep(step)
            } catch {
                // It counts no more anyway; the file is tried again with the next change.
                return ("", kept.state.nextEnd)
            }
            kept.state = step.state
            swap(step.state)
            return (step.outcome.words, step.state.nextEnd)
        }
        if !ended.isEmpty { tell(ended) }
        return next
    }

    /// Puts a new rules file in use; the overrides stay as they are.
    ///
    /// Returns in words which lines now answer an unknown caller differently.
    @discardableResult
    package func use(_ rules: RuleBook, contacts: ContactDirectory) -> [String] {
        let before = book
        books.replace { held in
            BookInUse.Held(book: AnsweringBook(rules: rules, switches: held.book.switches), contacts: contacts)
        }
        let differences = AnsweringBook.differences(from: before, to: book, at: clock.now())
        tell((["the rules of revision \(rules.revision) are in use"] + differences).joined(separator: "; "))
        return differences
    }

    /// Grows whenever the overrides or the rules change.
    package var version: UInt64 { changes.load(ordering: .acquiring) }

    /// The answering book in use.
    package var book: AnsweringBook { books.current.book }

    /// The desk's clock.
    var now: Instant { clock.now() }

    /// What is kept of the desk, and what the operator must be told of it.
    var standing: (state: DeskState, warnings: [String]) {
        kept.withLock { ($0.state, $0.warnings) }
    }

    private func keep(_ step: DeskStep) throws(DeskRefusal) {
        do throws(DeskStoreFailure) {
            try store.keep(step.state, audit: step.audit)
        } catch {
            throw .notDurable(error.description)
        }
    }

    private func swap(_ state: DeskState) {
        let switches = Switches(state.overrides)
        books.replace { held in
            BookInUse.Held(
                book: AnsweringBook(rules: held.book.rules, switches: switches), contacts: held.contacts)
        }
        changes.add(1, ordering: .releasing)
    }

    private func tell(_ words: String) {
        changes.add(1, ordering: .releasing)
        log.recordDesk(words, at: clock.now())
    }

    /// What the desk has to know of the rules in use.
    private func surroundings(at now: Instant) -> DeskSurroundings {
        let book = book
        return DeskSurroundings(
            lines: book.rules.lines.map { line in
                DeskSurroundings.Line(
                    number: line.number, group: line.group, nextChange: book.nextChange(of: line, after: now))
            })
    }
}
