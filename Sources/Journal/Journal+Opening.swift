// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import GRDB
import Overrides
import Synchronization
import WireFormat

/// An open journal with the session that writes it.
struct OpenJournal: Sendable {
    let file: JournalFile
    let session: Int64
    /// How many calls it has; `nil` until the writer has counted them, since that takes a while where they are many.
    var calls: Int?
    /// The number of the newest one; -1 if it has none.
    var newest: Int64
}

extension OpenJournal {
    /// How many calls it has, counted now if nobody has.
    func counted() throws(JournalProblem) -> Int {
        if let calls { return calls }
        return try file.run { try Int.fetchOne($0, sql: "SELECT count(*) FROM call") ?? 0 }
    }
}

extension Journal {
    /// Opens the journal; one that is damaged is kept under another name, and a new one begins.
    func openOrReplace() throws(JournalProblem) -> OpenJournal {
        do throws(JournalProblem) {
            return try open()
        } catch {
            guard case .damaged(_, let words) = error else { throw error }
            try setAside(words)
            return try open(isReplacement: true)
        }
    }

    /// Keeps a damaged journal under another name.
    func setAside(_ words: String) throws(JournalProblem) {
        let name = try JournalFile.setAside(options.path, at: now())
        report(
            News(
                words: "\(options.path) was damaged (\(words)) and is now \(name); a new journal has begun",
                isAlert: true))
    }

    private func open(isReplacement: Bool = false) throws(JournalProblem) -> OpenJournal {
        let file = try JournalFile(options.path)
        let first = state.withLock { $0.numbers.first }
        let isRunning = state.withLock { $0.numbers.isFixed }
        let (key, version, at) = (sessionKey, options.version, now().microseconds)
        // A new file gets what memory has.
        let lacks = isRunning ? log.snapshot().sequences.lowerBound > 0 : isReplacement
        let missingUntil: Instant? = !file.isNew ? nil : lacks ? now() : followsOthers ? startedAt : nil
        let (session, base, last, lack) = try file.write { database -> (Int64, Int64, Int64, State.Lack) in
            if let missingUntil { try Removals.note(missingUntil, in: database) }
            let lack = try Removals.last(in: database).map { State.Lack.callsHeardOf(until: $0) } ?? .nothing
            let known = try Row.fetchOne(
                database, sql: "SELECT id, base FROM session WHERE key = ?", arguments: [key])
            let newest = try Int64.fetchOne(database, sql: "SELECT max(number) FROM call")
            if let known { return (known["id"], known["base"], newest ?? -1, lack) }
            // Before the first call the log goes on from the journal; later the journal's numbers follow from it.
            let base = isRunning ? newest.map { $0 + 1 - Int64(clamping: first) } ?? 0 : 0
            try database.execute(
                sql: "INSERT INTO session (key, version, started_at, base) VALUES (?, ?, ?, ?)",
                arguments: [key, version, at, base])
            return (database.lastInsertedRowID, base, newest ?? -1, lack)
        }
        if file.isNew, followsOthers, !isRunning, !isReplacement {
            report(News(words: "\(options.path) is new; earlier calls are not in it", isAlert: false))
        }
        let bytes = try file.pages.bytes
        state.withLock { state in
            state.lackAtStart = state.lackAtStart ?? lack
            if state.numbers.isFixed {
                // The calls of earlier sessions are in another file, or were never read.
                if file.isNew { state.numbers.first = 0 }
                state.numbers.base = base
            }
            state.fileBytes = bytes
        }
        return OpenJournal(file: file, session: session, calls: nil, newest: last)
    }

    /// Lets the log go on from the journal, and restores the newest calls.
    func begin(_ opened: OpenJournal, within nanoseconds: UInt64) {
        let end = ticks() + nanoseconds
        do throws(JournalProblem) {
            let first = UInt64(opened.newest + 1)
            let isFollowing = log.begin(at: first)
            state.withLock { state in
                state.numbers.first = isFollowing ? first : 0
                state.numbers.isFixed = true
                state.opened = opened
            }
            guard isFollowing, first > 0 else { return restored.open() }
            if try !restore(from: opened.file, atMost: 64, until: end) { restored.open() }
        } catch {
            state.withLock { $0.damage = error }
            restored.open()
        }
    }

    /// Restores the calls that were left for later.
    func restoreRest(from file: JournalFile?) {
        defer { restored.open() }
        guard let file, !restored.isOpen else { return }
        do throws(JournalProblem) {
            _ = try restore(from: file, atMost: 256, until: .max)
        } catch {
            state.withLock { $0.damage = error }
            wakeWriter.raise()
        }
    }

    /// Puts calls before the oldest one of the log, page by page; returns whether there may be more.
    private func restore(from file: JournalFile, atMost page: Int, until end: UInt64) throws(JournalProblem) -> Bool {
        while ticks() < end {
            let numbers = state.withLock { $0.numbers }
            let below = numbers.restored.last ?? Int64(clamping: numbers.first)
            let stored = try file.run { database in
                try StoredCalls.page(.newestFirst, after: below, limit: page, in: database)
            }
            guard !stored.isEmpty else { return false }
            for call in stored {
                let count = UInt64(state.withLock { $0.numbers.restored.count })
                // Another file has taken the place of this one, or there are no numbers below.
                guard numbers.first > count else { return false }
                let sequence = numbers.first - 1 - count
                var record: CallRecord
                do throws(DocumentProblem) {
                    record = try call.call.record(sequence)
                } catch {
                    throw .damaged(file: options.path, words: "call \(call.number): \(error)")
                }
                // What is still to be forgotten is not shown in the meantime.
                for request in state.withLock({ $0.forgetting }) {
                    record = record.without(request.forgotten) ?? record
                }
                let now = now()
                guard log.restore(record, at: now) else { return false }
                state.withLock { state in
                    state.numbers.restored.append(call.number)
                    if record.outcome(at: now).isOnLine { state.numbers.resumed.insert(call.number) }
                }
            }
        }
        return true
    }
}
