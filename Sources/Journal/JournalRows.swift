// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import GRDB
import WireFormat

/// Writes calls and events into the tables.
///
/// Each row has a key that follows from what it says, so writing it twice changes nothing.
struct JournalRows {
    let contents: KeptContents
    let session: Int64

    /// Writes a call; of its webhooks, those after the ones that are written already.
    func write(
        _ call: CallRecord, number: Int64, after written: WrittenCall?, _ facets: inout KnownFacets,
        in database: Database
    ) throws {
        try writeCall(call, number, withWords: written?.hasAnswer != true, in: database)
        try facets.write(call, number: number, in: database)
        if let answered = call.answered, written?.hasAnswer != true {
            try database.cachedStatement(sql: Self.answer).execute(
                arguments: [
                    number, Self.blob(JournalFormat.answer(answered, keeping: contents)), Self.blob(answered.reply),
                ])
        }
        // The last place of a full timeline changes with each further webhook.
        let first = min(written?.entries ?? 0, max(0, call.timeline.count - 1))
        for (place, entry) in call.timeline.enumerated().dropFirst(first) {
            try write(entry, place, of: number, in: database)
        }
    }

    /// Writes what operators said of a call that was read from the journal, unless it was taken out since.
    func writeRemarks(of call: CallRecord, in database: Database) throws {
        let number = Int64(clamping: call.sequence)
        let isThere = try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT count(*) > 0 FROM call WHERE number = ? AND id = ?"),
            arguments: [number, call.id.text.inColumn])
        if isThere == true { try writeCall(call, number, withWords: false, in: database) }
    }

    private func write(_ entry: TimelineEntry, _ place: Int, of number: Int64, in database: Database) throws {
        let body = entry.body.isEmpty ? [] : contents.body(entry.body, of: entry.event)
        let leftOut = body == nil ? entry.body.count : nil
        let document = JournalFormat.entry(entry, keeping: contents, leftOut: leftOut)
        try database.cachedStatement(sql: Self.entry).execute(
            arguments: [number, place, Self.blob(document), Self.blob(body ?? [])])
    }

    /// Writes the row; the words of the answer only once, since finding them may mean deciding the call again.
    private func writeCall(
        _ call: CallRecord, _ number: Int64, withWords: Bool, in database: Database
    ) throws {
        let decision = call.answered?.decision
        let sent = call.otherSpellings
        let row = CallRow.Later(call)
        try database.cachedStatement(sql: Self.call).execute(
            arguments: [
                number, session, call.id.text.inColumn, call.firstHeardAt.microseconds, call.lastHeardAt.microseconds,
                call.caller.wireText?.inColumn, call.called.wireText?.inColumn, call.lineName?.inColumn,
                call.state.word.inColumn, call.outcome(at: call.lastHeardAt).words, call.newsDeadline?.microseconds,
                call.confirmation.rawValue, decision?.by.description.inColumn, decision?.kind.rawValue,
                call.answered.map { Int64(clamping: $0.microseconds) },
                Self.blob(JournalFormat.call(call, keeping: contents)), sent?.caller?.inColumn, sent?.called?.inColumn,
                withWords ? call.answered?.words.inColumn : nil, row.seconds, row.reason?.inColumn,
                call.report.map { contents.report($0).summary.inColumn }, call.webhooks, row.mark, row.notes?.inColumn,
            ])
    }

    func write(_ event: LoggedEvent, cursor: UInt64, in database: Database) throws {
        switch event {
        // Calls are written as such; a webhook without a call has nothing that could be found again.
        case .answered, .updated, .remarked, .unattributed: break
        case .refused(let request):
            try database.cachedStatement(sql: Self.refusal).execute(
                arguments: [
                    session, Int64(clamping: cursor), request.at.microseconds,
                    Self.blob(JournalFormat.refusal(request)),
                ])
        case .desk(let event):
            try database.cachedStatement(sql: Self.desk).execute(
                arguments: [
                    session, Int64(clamping: cursor), event.at.microseconds, Self.blob(JournalFormat.desk(event)),
                ])
        }
    }

    /// An array would become text or nothing.
    private static func blob(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

    private static let call = """
        INSERT INTO call (number, session, id, heard_at, last_heard_at, caller, called, line, state, outcome,
            news_deadline, applied, decider, kind, microseconds, document, caller_sent, called_sent, words, seconds, reason,
            summary, webhooks, marked, notes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET
            last_heard_at = excluded.last_heard_at, caller = excluded.caller, called = excluded.called,
            line = excluded.line, state = excluded.state, outcome = excluded.outcome,
            news_deadline = excluded.news_deadline, applied = excluded.applied, decider = excluded.decider,
            kind = excluded.kind, microseconds = excluded.microseconds, document = excluded.document,
            caller_sent = excluded.caller_sent, called_sent = excluded.called_sent,
            words = coalesce(excluded.words, words), seconds = excluded.seconds, reason = excluded.reason,
            summary = excluded.summary, webhooks = excluded.webhooks, marked = excluded.marked, notes = excluded.notes
        """
    private static let answer = "INSERT OR REPLACE INTO answer (call, document, reply) VALUES (?, ?, ?)"
    private static let entry = "INSERT OR REPLACE INTO entry (call, place, document, body) VALUES (?, ?, ?, ?)"
    private static let refusal = "INSERT OR REPLACE INTO refusal (session, cursor, at, document) VALUES (?, ?, ?, ?)"
    private static let desk = "INSERT OR REPLACE INTO desk (session, cursor, at, document) VALUES (?, ?, ?, ?)"
}

extension String {
    /// The text as a column has it: SQLite would end it at a NUL, which a webhook may have.
    var inColumn: String {
        guard utf8.contains(0) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.value == 0 ? "\u{FFFD}" : $0 }))
    }
}

/// What of a call is in the journal.
struct WrittenCall {
    let revision: Int
    let entries: Int
    let hasAnswer: Bool

    init(_ call: CallRecord) {
        revision = call.revision
        entries = call.timeline.count
        hasAnswer = call.answered != nil
    }
}
