// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
import Foundation
import GRDB
import WireFormat

/// What forgetting a number did.
package struct Forgotten: Hashable, Sendable {
    /// Calls from or to the number: what they were stays, who it was does not.
    package let calls: Int
    /// Other rows in which the number was.
    package let others: Int
    /// What the number is called in the journal now; `nil` if there was no call of it.
    package let name: String?
}

extension JournalTools {
    /// Removes a number from a journal that no server writes.
    ///
    /// Its calls stay, so that counts stay, under a random name that nothing leads back from. Their words, webhooks and replies
    /// go, since they may name the person; elsewhere the digits are replaced by zeros.
    package static func forget(_ number: PhoneNumber, in path: String) throws(JournalProblem) -> Forgotten {
        guard FileIdentity(path) != nil else { throw .vanished(file: path) }
        let file = try JournalFile(path)
        try file.run { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        let name = "forgotten-" + String(UInt64.random(in: .min ... .max), radix: 16)
        let calls = try file.write { database in try forgetCalls(of: number, as: name, in: database) }
        let others = try file.write { database in
            try blank(NumberTraces(of: number), in: database) + RevisionForgetting.forget(number, in: database)
        }
        // A deleted row leaves no trace, but a page that is free may have been written before this was asked for.
        try file.run { database in
            try database.execute(sql: "VACUUM")
            _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try file.close()
        return Forgotten(calls: calls, others: others, name: calls > 0 ? name : nil)
    }

    private static func forgetCalls(of number: PhoneNumber, as name: String, in database: Database) throws -> Int {
        let found = try Row.fetchAll(
            database, sql: "SELECT number, session FROM call WHERE caller = ? OR called = ?",
            arguments: [number.description, number.description])
        for row in found {
            let place: Int64 = row["number"]
            guard
                let stored = try StoredCalls.newestFirst(below: place + 1, limit: 1, in: database).first,
                stored.number == place
            else { continue }
            let call = try stored.call.record(0).forgetting(number, as: name)
            for sql in [
                "DELETE FROM entry WHERE call = ?", "DELETE FROM answer WHERE call = ?",
                "DELETE FROM call WHERE number = ?",
            ] { try database.execute(sql: sql, arguments: [place]) }
            try JournalRows(contents: KeptContents(bodies: true, transcripts: true), session: row["session"]).write(
                call, number: place, after: nil, in: database)
        }
        return found.count
    }

    /// Replaces the digits wherever they are.
    private static func blank(_ traces: NumberTraces, in database: Database) throws -> Int {
        var count = 0
        for (table, column, type) in texts {
            try database.execute(
                sql: """
                    UPDATE \(table) SET \(column) = CAST(replace(CAST(\(column) AS TEXT), :digits, :blank) AS \(type))
                    WHERE instr(CAST(\(column) AS TEXT), :digits) > 0
                    """,
                arguments: ["digits": traces.digits, "blank": traces.blank])
            count += database.changesCount
        }
        return count
    }

    /// Where people's words and numbers are.
    private static let texts = [
        ("call", "id", "TEXT"), ("call", "caller", "TEXT"), ("call", "called", "TEXT"), ("call", "line", "TEXT"),
        ("call", "document", "BLOB"), ("answer", "document", "BLOB"), ("answer", "reply", "BLOB"),
        ("entry", "document", "BLOB"), ("entry", "body", "BLOB"), ("desk", "document", "BLOB"),
        ("refusal", "document", "BLOB"),
    ]
}

extension CallRecord {
    /// What the call was, without who it was.
    fileprivate func forgetting(_ number: PhoneNumber, as name: String) -> CallRecord {
        func party(_ party: Party) -> Party { party.number == number ? .unusual(name) : party }
        let state: CallState = if case .failed = state { .failed(reason: nil) } else { state }
        return CallRecord(
            sequence: sequence, id: id, caller: party(caller), called: party(called), calledName: calledName,
            firstHeardAt: firstHeardAt, answered: answered?.forgotten(party), state: state, confirmation: confirmation,
            timeline: timeline.map(\.forgotten), droppedEntries: droppedEntries,
            report: report.map { CallReport(seconds: $0.seconds, summary: "", endReason: $0.endReason) })
    }
}

extension Answered {
    fileprivate func forgotten(_ party: (Party) -> Party) -> Answered {
        let request = AssistantRequest(
            callID: request.callID, callType: request.callType, caller: party(request.caller),
            called: party(request.called), calledName: request.calledName, dialect: request.dialect)
        let decision = Decision(
            id: decision.id, by: decision.by, kind: decision.kind, lineName: decision.lineName,
            isTagged: decision.isTagged,
            reasoning: RecordedReasoning(words: decision.kind.rawValue, steps: [], lookups: []))
        return Answered(
            request: request, body: [], decision: decision, reply: [], receivedAt: receivedAt,
            microseconds: microseconds)
    }
}

extension TimelineEntry {
    fileprivate var forgotten: TimelineEntry {
        let event: Webhook.Event =
            switch event {
            case .assistantRequest, .other: event
            case .status(let status, reason: _): .status(status, reason: nil)
            case .toolCalls: .toolCalls(names: [])
            case .report(let report):
                .report(CallReport(seconds: report.seconds, summary: "", endReason: report.endReason))
            }
        return TimelineEntry(
            at: at, event: event, isRepeat: isRepeat, confirmation: confirmation, body: [],
            leftOut: leftOut ?? body.count)
    }
}
