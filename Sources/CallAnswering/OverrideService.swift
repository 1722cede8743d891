// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
package import Overrides
package import Rules
import Synchronization

/// Where orders of operators are carried out: kept on disk, then put in force, then told to the log.
///
/// Orders wait for the disk and for each other, so they are given away from the answering path, which only ever sees the
/// finished book being swapped.
package final class OverrideService: Sendable {
    let books: CurrentRules
    private let log: EventLog
    let clock: WallClock
    let store: any OverrideStore
    /// Held while an order waits for the disk, so that the next one waits for it; who only looks never asks for it.
    let turn = Mutex(())
    /// Held for a moment only.
    let kept: Mutex<Kept>
    /// Apart from the book: screens ask for it with every row, and the book's lock is that of the answering path.
    let clockZone: Mutex<Zone>
    private let watchers = Mutex<[@Sendable () -> Void]>([])
    private let changes = Atomic<UInt64>(0)

    /// The state as it was last kept, and what the operator must be told of that.
    struct Kept {
        var state: OverrideState
        /// What stays to be told until an operator changes something.
        var warnings: [String]
        /// What the store has to say of the newest state.
        var problem: String?
        /// The end of an override that could not be kept yet.
        var failure: Failure?

        struct Failure {
            let words: String
            /// When it failed, in nanoseconds of the clock that is never set back.
            let ticks: UInt64
        }

        var allWarnings: [String] { warnings + [problem, failure?.words].compactMap(\.self) }
    }

    /// Creates the desk with what was kept of it, and puts that in force.
    package init(
        books: CurrentRules, log: EventLog, clock: WallClock, store: any OverrideStore,
        state: OverrideState = OverrideState(),
        warnings: [String] = []
    ) {
        self.books = books
        self.log = log
        self.clock = clock
        self.store = store
        kept = Mutex(Kept(state: state, warnings: warnings, problem: store.problem))
        clockZone = Mutex(books.current.book.rules.zone)
        swap(state)
    }

    /// Carries an order out; when it returns, the change is on disk and the next call feels it.
    package func carryOut(_ order: OverrideCommand, by who: Operator) throws(OverrideError) -> OverrideResult {
        let (outcome, problem) = try turn.withLock { _ throws(OverrideError) in
            let now = clock.now()
            let step = try state.carrying(out: order, by: who, at: now, among: surroundings(at: now))
            do throws(OverrideStoreError) {
                try store.keep(step.state, audit: step.audit)
            } catch {
                throw .notDurable(error.description)
            }
            return (step.outcome, put(step.state, warnings: []))
        }
        tell("\(who.user) \(outcome.words)")
        guard let problem else { return outcome }
        tell(problem)
        return outcome.adding(caveat: problem)
    }

    /// Grows whenever the overrides or the rules change.
    package var version: UInt64 { changes.load(ordering: .acquiring) }

    /// The answering book in use.
    package var book: CompiledRules { books.current.book }

    /// The clock of the rules file in use; screens show it whatever the machine's own is, so that hours and rows agree.
    package var zone: Zone { clockZone.withLock { $0 } }

    /// Calls a function after every change, on the thread that made it; it must only wake somebody up.
    package func watch(_ changed: @escaping @Sendable () -> Void) {
        watchers.withLock { $0.append(changed) }
    }

    /// The state as it was last kept.
    var state: OverrideState { kept.withLock { $0.state } }

    /// Puts a state in force that the store has kept, and returns what is wrong with that all the same.
    func put(_ state: OverrideState, warnings: [String]) -> String? {
        let problem = store.problem
        kept.withLock { $0 = Kept(state: state, warnings: warnings, problem: problem) }
        swap(state)
        return problem
    }

    /// Tells the log, and so all who follow it.
    func tell(_ words: String) {
        noteChange()
        log.recordDesk(words, at: clock.now())
    }

    private func swap(_ state: OverrideState) {
        let switches = ActiveOverrides(state.overrides)
        books.replace { held in
            CurrentRules.Snapshot(
                book: CompiledRules(rules: held.book.rules, switches: switches), contacts: held.contacts)
        }
        noteChange()
    }

    private func noteChange() {
        changes.add(1, ordering: .releasing)
        for watcher in watchers.withLock({ $0 }) { watcher() }
    }

    /// What the desk has to know of the rules in use.
    private func surroundings(at now: Instant) -> LineDirectory {
        let book = book
        return LineDirectory(
            lines: book.rules.lines.map { line in
                LineDirectory.Entry(
                    number: line.number, group: line.group, nextChange: book.nextChange(of: line, after: now))
            })
    }
}
