// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import GRDB
import Synchronization
import WireFormat

/// What operators say of calls that only the journal has.
extension Journal: CallArchive {
    package func call(_ id: CallID) throws(CallArchiveError) -> CallRecord? {
        if let waiting = state.withLock({ $0.earlier[id] }) { return waiting }
        do throws(JournalProblem) {
            return try JournalReader(options.path).newestCall(id)
        } catch {
            throw CallArchiveError(error.description)
        }
    }

    package func keepRemarks(of call: CallRecord) {
        state.withLock { $0.earlier[call.id] = call }
        wakeWriter.raise()
    }

    /// Writes the remarks that wait; those that came meanwhile stay.
    func writeEarlier(_ open: OpenJournal) throws(JournalProblem) {
        let calls = state.withLock { $0.earlier }
        guard !calls.isEmpty else { return }
        let rows = JournalRows(contents: options.contents, session: open.session)
        try open.file.write { database in
            for call in calls.values { try rows.writeRemarks(of: call, in: database) }
        }
        state.withLock { state in
            for (id, call) in calls where state.earlier[id]?.remarks == call.remarks { state.earlier[id] = nil }
        }
    }
}

extension JournalReader {
    /// The ids of the calls from and to a number.
    package func calls(of forgotten: ForgottenNumber) throws(JournalProblem) -> Set<CallID> {
        let names = [forgotten.number.description, forgotten.name]
        return try read { database in
            let ids = try String.fetchAll(
                database, sql: "SELECT id FROM call WHERE caller IN (?, ?) OR called IN (?, ?)",
                arguments: StatementArguments(names + names))
            return Set(ids.map { CallID($0) })
        }
    }

    /// The newest call with an id, with its number as its place; `nil` where there is none.
    func newestCall(_ id: CallID) throws(JournalProblem) -> CallRecord? {
        try numbered { database in
            let number = try Int64.fetchOne(
                database, sql: "SELECT number FROM call WHERE id = ? ORDER BY number DESC LIMIT 1",
                arguments: [id.text.inColumn])
            return try number.map { try StoredCalls.some([$0], in: database) } ?? []
        }.first?.call
    }
}
