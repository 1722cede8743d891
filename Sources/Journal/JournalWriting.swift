// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import GRDB
import Overrides
import Synchronization

/// The writer of a journal, on its own thread: batch after batch, with pauses while the disk fails.
final class JournalWriting {
    private let journal: Journal
    private var open: OpenJournal?
    private var written = WrittenCalls()
    private var facets = KnownFacets()
    private var pause = Backoff()
    /// The number that is being forgotten.
    private var forgetting: JournalForgetting?
    /// When old calls are looked for next, in nanoseconds.
    private var nextLook: UInt64 = 0
    /// Whether anything was written since they were looked for.
    private var hasGrown = true
    /// How many changes were dropped when memory was last looked through for them.
    private var droppedBefore = 0
    /// From which call on memory is still to be looked through; `nil` if it need not be.
    private var rewriteFrom: UInt64?

    /// How long a stop goes on with forgetting a number, in nanoseconds; the next start goes on with what is left.
    private static let forgettingAtStop: UInt64 = 1_500_000_000
    /// What one transaction writes at most.
    private static let mostAtOnce = 500
    private static let bytesAtOnce = 8 << 20
    /// The time between two looks for old calls, in nanoseconds: while calls come, and while none come.
    private static let lookEvery: UInt64 = 1_000_000_000
    private static let idleSeconds = 3600.0
    /// How soon a stop ends the pause before another attempt, in seconds.
    private static let slice = 0.1
    /// Of a flood of refused requests only the newest are kept, as in memory.
    private static let mostRefusals = RefusedRequest.mostKept

    init(_ journal: Journal) {
        self.journal = journal
    }

    func run() {
        defer { journal.finished.open() }
        open = journal.state.withLock { state in
            defer { state.opened = nil }
            return state.opened
        }
        while true {
            let isLast = journal.state.withLock { $0.isPulled }
            do throws(JournalProblem) {
                if let damage = journal.takeDamage() { throw damage }
                let file = try opened()
                try writeRules(file)
                try journal.writeEarlier(file)
                let wrote = try writeBatch(file)
                if !wrote { journal.noteRecovery(dropped: 0) }
                let isForgetting = try forget(file)
                if !wrote, isLast, !isForgetting || isForgettingTooLong { return try close() }
                let isMore = try takeOut()
                if wrote || isMore || isForgetting { continue }
            } catch {
                guard recover(from: error), !isLast || mayBeSaved(after: error) else { return }
                rest()
                continue
            }
            _ = journal.wakeWriter.wait(seconds: hasGrown ? Double(Self.lookEvery) / 1e9 : Self.idleSeconds)
        }
    }

    /// Whether a stop goes on trying: calls wait, there is time, and the file may become one that can be written.
    private func mayBeSaved(after problem: JournalProblem) -> Bool {
        switch problem {
        case .foreign, .newer: false
        case .earlier, .damaged, .vanished, .inUse, .locked, .full, .readOnly, .folder, .other:
            journal.state.withLock { state in
                !state.isGivenUp && !(state.queue.isEmpty && state.earlier.isEmpty)
            }
        }
    }

    private var isForgettingTooLong: Bool {
        let now = journal.ticks()
        return journal.state.withLock { state in
            state.isGivenUp || state.stoppedAt.map { now > $0 + Self.forgettingAtStop } ?? false
        }
    }

    private func opened() throws(JournalProblem) -> OpenJournal {
        if let open { return open }
        let again = try journal.openOrReplace()
        open = again
        written = WrittenCalls()
        facets = KnownFacets()
        // Another file begins from the start.
        forgetting = nil
        if again.file.isNew { journal.state.withLock { $0.rules.correct() } }
        beginRewriting(all: again.file.isNew)
        return again
    }

    private func beginRewriting(all isNew: Bool) {
        rewriteFrom = isNew ? 0 : journal.state.withLock { $0.numbers.first }
        rewrite()
    }

    /// Takes calls that are in memory into the queue, as far as they are not written.
    ///
    /// A new file begins with what is known; after changes were dropped, what memory still has of them is written after all.
    /// As much as fits at a time; the rest follows when that is written.
    private func rewrite() {
        guard let first = rewriteFrom else { return }
        let snapshot = journal.log.snapshot()
        let now = journal.ticks()
        rewriteFrom = journal.state.withLock { state in
            for sequence in snapshot.sequences where sequence >= first {
                guard state.queue.bytes < journal.options.mostQueued / 2 else { return sequence }
                guard let call = snapshot[sequence], written[sequence]?.revision != call.revision else { continue }
                state.queue.add(call, at: now)
            }
            return nil
        }
    }

    /// Writes the rules that came into use.
    private func writeRules(_ open: OpenJournal) throws(JournalProblem) {
        let rules = journal.state.withLock { $0.rules.take() }
        guard !rules.isEmpty else { return }
        let rows = RevisionRows(
            session: open.session, mostBytes: RevisionRows.mostBytes(of: journal.options.limits))
        do throws(JournalProblem) {
            try open.file.write { database in
                for used in rules { try rows.write(used, in: database) }
            }
        } catch {
            journal.state.withLock { $0.rules.putBack(rules) }
            throw error
        }
    }

    /// Writes what waits in one transaction; returns whether anything did.
    private func writeBatch(_ open: OpenJournal) throws(JournalProblem) -> Bool {
        let items = journal.state.withLock { state in
            let items = state.queue.take(most: Self.mostAtOnce, bytes: Self.bytesAtOnce)
            state.inHand = items.first.map { first in
                (
                    since: items.map(\.since).min() ?? first.since, bytes: items.reduce(0) { $0 + $1.weight },
                    calls: items.count { $0.isCall }, events: items.count { !$0.isCall }
                )
            }
            return items
        }
        guard !items.isEmpty else { return false }
        let numbers = journal.state.withLock { $0.numbers }
        do throws(JournalProblem) {
            try write(items, numbers, to: open)
        } catch {
            journal.state.withLock { state in
                state.inHand = nil
                state.queue.putBack(items)
            }
            throw error
        }
        noteWritten(items)
        return true
    }

    private func write(
        _ items: [JournalQueue.Item], _ numbers: CallNumbers, to open: OpenJournal
    ) throws(JournalProblem) {
        let rows = JournalRows(contents: journal.options.contents, session: open.session)
        let refusals = items.count { $0.isRefusal }
        var passed = max(0, refusals - Self.mostRefusals)
        var facets = facets
        try open.file.write { database in
            for item in items {
                switch item.content {
                case .call(let call):
                    guard let number = numbers.number(of: call.sequence) else { continue }
                    try rows.write(call, number: number, after: written[call.sequence], &facets, in: database)
                case .event(let event, let cursor):
                    if item.isRefusal, passed > 0 {
                        passed -= 1
                        continue
                    }
                    try rows.write(event, cursor: cursor, in: database)
                }
            }
        }
        self.facets = facets
        hasGrown = true
        for case .call(let call) in items.map(\.content) {
            written.note(call)
            guard let number = numbers.number(of: call.sequence), number > self.open?.newest ?? -1 else { continue }
            self.open?.newest = number
            if let calls = self.open?.calls { self.open?.calls = calls + 1 }
        }
    }

    private func noteWritten(_ items: [JournalQueue.Item]) {
        let (isBack, dropped) = journal.state.withLock { state in
            state.inHand = nil
            state.written += items.reduce(0) { $0 + $1.changes }
            return (state.health.failure != nil, state.queue.dropped)
        }
        pause = Backoff()
        let lost = dropped - droppedBefore
        droppedBefore = dropped
        if lost > 0 {
            // Events of the desk may be among them.
            journal.state.withLock { $0.rules.correct() }
            beginRewriting(all: false)
        } else {
            rewrite()
        }
        guard isBack else { return }
        journal.noteRecovery(dropped: lost)
    }

    /// Takes old calls out when it is time; returns whether to go on at once.
    private func takeOut() throws(JournalProblem) -> Bool {
        guard var open, journal.ticks() >= nextLook else { return false }
        let count = try open.counted()
        let step = try JournalRetention(limits: journal.options.limits).step(open.file, count: count, at: journal.now())
        open.calls = count - step.calls
        if step.calls > 0 { facets = KnownFacets() }
        self.open = open
        let bytes = try open.file.pages.bytes
        journal.state.withLock { $0.fileBytes = bytes }
        nextLook = step.isMore ? 0 : journal.ticks() + Self.lookEvery
        hasGrown = false
        return step.isMore
    }

    /// Does a part of forgetting a number, if one is to be forgotten; returns whether there is more to do.
    private func forget(_ open: OpenJournal) throws(JournalProblem) -> Bool {
        guard let request = journal.state.withLock({ $0.forgetting.first }) else { return false }
        if forgetting == nil {
            let isReady = journal.state.withLock { state in
                guard state.pulled >= request.cursor || state.isPulled else { return false }
                state.queue.forget(request.forgotten, notesOn: request.calls)
                state.rules.forget(request.forgotten)
                state.earlier = state.earlier.mapValues { $0.without(request.forgotten) ?? $0 }
                return true
            }
            // The follower wakes the writer.
            guard isReady else { return false }
            forgetting = JournalForgetting(request.forgotten, notesOn: request.calls)
        }
        facets = KnownFacets()
        if try forgetting?.step(open.file) ?? false { return true }
        let result = forgetting?.result ?? Forgotten()
        journal.forgot(request.forgotten, result.own)
        request.finish(result)
        forgetting = nil
        return journal.state.withLock { state in
            state.forgetting.removeFirst()
            return !state.forgetting.isEmpty
        }
    }

    private func close() throws(JournalProblem) {
        guard let open else { return }
        let now = journal.now().microseconds
        try open.file.write { database in
            try database.execute(
                sql: "UPDATE session SET ended_at = ? WHERE id = ?", arguments: [now, open.session])
        }
        try open.file.close()
        self.open = nil
    }

    /// Prepares for the next attempt; `false` if there is none.
    private func recover(from problem: JournalProblem) -> Bool {
        journal.note(problem)
        switch problem {
        case .damaged(_, let words):
            open = nil
            do throws(JournalProblem) {
                try journal.setAside(words)
            } catch {
                journal.note(error)
            }
        // The connection is as good as before.
        case .full, .locked: break
        case .earlier, .foreign, .vanished, .inUse, .readOnly, .folder, .other: open = nil
        case .newer: return false
        }
        return true
    }

    /// Waits before the next attempt; a stop makes it short.
    private func rest() {
        let now = journal.ticks()
        let (end, soon) = (now + UInt64(pause.next() * 1e9), now + UInt64(Self.slice * 1e9))
        while journal.ticks() < (journal.state.withLock { $0.isStopping } ? min(soon, end) : end) {
            // In slices: a wait with an end goes by the wall clock, and one that is set back would make it an hour.
            journal.wakeWriter.rest(seconds: min(Self.slice, Double(end - min(end, journal.ticks())) / 1e9))
        }
    }
}

/// The pauses between attempts, in seconds.
struct Backoff {
    private var seconds = 0.1

    mutating func next() -> Double {
        defer { seconds = min(seconds * 2, 5) }
        return seconds
    }
}

/// What of the newest calls is written; what it has forgotten is written again.
struct WrittenCalls {
    private var newest: [UInt64: WrittenCall] = [:]
    private var older: [UInt64: WrittenCall] = [:]

    private static let most = 20_000

    subscript(sequence: UInt64) -> WrittenCall? { newest[sequence] ?? older[sequence] }

    mutating func note(_ call: CallRecord) {
        newest[call.sequence] = WrittenCall(call)
        guard newest.count > Self.most else { return }
        older = newest
        newest = [:]
    }
}

extension JournalQueue.Item {
    var isCall: Bool {
        if case .call = content { true } else { false }
    }

    var isRefusal: Bool {
        if case .event(.refused, cursor: _) = content { true } else { false }
    }
}

extension Journal {
    /// A lock of another program is worth a word only when it lasts, in milliseconds.
    private static let patience = 1000

    func takeDamage() -> JournalProblem? { state.withLock { $0.damage.take() } }

    /// Notes that the journal cannot be written.
    func note(_ problem: JournalProblem) {
        let lag = status.lagMilliseconds
        let now = now()
        let words: String? = state.withLock { state in
            if case .locked = problem, state.health == .writing, lag < Self.patience { return nil }
            let since = state.health.failure?.since ?? now
            let old = state.health
            state.health =
                problem.isPassing
                ? .retrying(error: problem.description, since: since)
                : .unusable(error: problem.description, since: since)
            state.fileBytes = problem.keepsFile ? state.fileBytes : 0
            return old.failure?.error == problem.description ? nil : problem.description
        }
        guard let words else { return }
        let end = problem.isPassing ? "; retrying, calls are answered" : "; calls are answered"
        report(News(words: "The journal cannot be written: \(words)\(end)", isAlert: true))
    }

    /// Notes that the journal is written again.
    func noteRecovery(dropped: Int) {
        let since = state.withLock { state in
            defer { state.health = .writing }
            return state.health.failure?.since
        }
        guard let since else { return }
        let seconds = max(1, now().microseconds(since: since) / 1_000_000)
        let lost = dropped > 0 ? "; \(CountText.words(dropped, "change")) dropped" : ""
        report(
            News(
                words: "The journal is written again after \(DurationText.words(seconds: seconds))\(lost)",
                isAlert: false))
    }
}

extension JournalProblem {
    /// Whether the file is still the one that was open.
    fileprivate var keepsFile: Bool {
        switch self {
        case .full, .locked: true
        case .newer, .earlier, .foreign, .damaged, .vanished, .inUse, .readOnly, .folder, .other: false
        }
    }
}
