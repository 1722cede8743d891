// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
package import Filters
import Foundation
import GRDB
import WireFormat

/// The calls of a journal that a filter selects, page by page, so that a journal of any size needs little memory.
package struct JournalScan {
    /// In which order calls come.
    package enum Order: Sendable {
        case newestFirst, oldestFirst
    }

    private let reader: JournalReader
    private let order: Order
    private let facts: FilterFacts
    /// What the database could not decide.
    private let rest: CallFilter
    /// The numbers that the database selected, in order; `nil` for all calls.
    private let numbers: [Int64]?
    /// How many of them were looked at.
    package private(set) var looked = 0
    /// How many calls are looked at in all.
    package let total: Int
    private var last: Int64?

    /// Selects calls; a `limit` of a page is how many are looked at at once.
    package init(
        _ reader: JournalReader, _ filter: CallFilter, _ facts: FilterFacts, _ order: Order
    ) throws(JournalProblem) {
        self.reader = reader
        self.order = order
        self.facts = facts
        let found = try reader.read { database -> (CallFilter, [Int64]?, Int) in
            let conditions = try FilterConditions(filter, facts, in: database)
            guard let whole = conditions.whole else {
                return (conditions.rest, nil, try Int.fetchOne(database, sql: "SELECT count(*) FROM call") ?? 0)
            }
            let numbers = try Int64.fetchAll(
                database, sql: "SELECT number FROM call WHERE \(whole)",
                arguments: StatementArguments(conditions.arguments))
            return (conditions.rest, numbers, numbers.count)
        }
        rest = found.0
        // Sorted here, since the database would rather walk through all calls in order than use an index.
        numbers = found.1.map { order == .oldestFirst ? $0.sorted() : $0.sorted(by: >) }
        total = found.2
    }

    /// The calls of the next page that the filter selects, none if it has none of them; `nil` at the end.
    package mutating func records() throws(JournalProblem) -> [NumberedCall]? {
        guard let page = try page() else { return nil }
        return try read(page).filter { rest.holds(for: $0.call, in: facts) }
    }

    /// The same calls as rows; what the columns do not have is read from the documents.
    package mutating func rows() throws(JournalProblem) -> [CallRow]? {
        let now = facts.now
        guard rest.terms.isEmpty else { return try records()?.map { CallRow($0.call, at: now) } }
        guard let page = try page() else { return nil }
        let found = try reader.read { database in try StoredRow.some(page, at: now, in: database) }
        let old = found.filter { $0.row == nil }.map(\.number)
        var rows = Dictionary(found.compactMap { found in found.row.map { (found.number, $0) } }) { first, _ in first }
        for call in old.isEmpty ? [] : try read(old) { rows[call.number] = CallRow(call.call, at: now) }
        return page.compactMap { rows[$0] }
    }

    private func read(_ page: [Int64]) throws(JournalProblem) -> [NumberedCall] {
        try reader.numbered { database in try StoredCalls.some(page, in: database) }
    }

    /// How many calls one page looks at.
    static let pageSize = 500

    /// The numbers of the next page, in order; `nil` at the end.
    private mutating func page() throws(JournalProblem) -> [Int64]? {
        let page: [Int64]
        if let numbers {
            page = Array(numbers[looked...].prefix(Self.pageSize))
        } else {
            let (order, last) = (order, last)
            page = try reader.read { database in
                try Int64.fetchAll(
                    database.cachedStatement(
                        sql: order == .oldestFirst
                            ? "SELECT number FROM call WHERE number > ? ORDER BY number LIMIT ?"
                            : "SELECT number FROM call WHERE number < ? ORDER BY number DESC LIMIT ?"),
                    arguments: [last ?? (order == .oldestFirst ? .min : .max), Self.pageSize])
            }
        }
        guard let end = page.last else { return nil }
        last = end
        looked += page.count
        return page
    }
}

/// A call as its columns have it.
private struct StoredRow {
    let number: Int64
    /// `nil` for a row of the first version, which has only some of the columns.
    let row: CallRow?

    static func some(_ numbers: [Int64], at now: Instant, in database: Database) throws -> [StoredRow] {
        let cursor = try Row.fetchCursor(
            database.cachedStatement(sql: sql), arguments: NumberList.arguments(numbers, JournalScan.pageSize))
        var rows: [StoredRow] = []
        rows.reserveCapacity(numbers.count)
        while let row = try cursor.next() { rows.append(StoredRow(row, now)) }
        return rows
    }

    private static let sql = """
        SELECT number, id, heard_at, caller, called, line, state, kind, words, decider, applied, microseconds, seconds,
            reason, summary, webhooks, marked, notes, news_deadline
        FROM call WHERE number IN (\(NumberList.places(JournalScan.pageSize)))
        """

    private init(_ row: Row, _ now: Instant) {
        number = row[0]
        guard let webhooks: Int = row[15] else {
            self.row = nil
            return
        }
        let deadline: Int64? = row[18]
        let isWithoutNews = deadline.map { $0 <= now.microseconds } ?? false
        self.row = CallRow(
            id: row[1], heardAt: Instant(microseconds: row[2]), caller: row[3] ?? Party.withheld.description,
            called: row[4], line: row[5], state: isWithoutNews ? CallOutcome.noNews.words : row[6], answer: row[7],
            words: row[8], decider: row[9], applied: row[10], microseconds: row[11], seconds: row[12],
            reason: row[13], summary: row[14], webhooks: webhooks, mark: row[16], notes: row[17])
    }
}

/// Numbers of calls as the arguments of one statement that is prepared once.
enum NumberList {
    static func places(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ",") }

    /// The numbers, and as many that no call has as are missing.
    static func arguments(_ numbers: [Int64], _ count: Int) -> StatementArguments {
        StatementArguments(numbers + Array(repeating: -1, count: count - numbers.count))
    }
}
