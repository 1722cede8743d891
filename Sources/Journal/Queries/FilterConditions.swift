// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters
import GRDB
import WireFormat

/// A filter as far as the database can decide it by its columns, and what is left to decide on the calls read.
struct FilterConditions {
    /// Conditions that all hold for the calls selected.
    private(set) var sql: [String] = []
    private(set) var arguments: [any DatabaseValueConvertible] = []
    /// The terms that the database cannot decide.
    private(set) var rest = CallFilter()
    private let facts: FilterFacts
    private var functions = 0

    /// Turns a filter into conditions on the `call` table.
    init(_ filter: CallFilter, _ facts: FilterFacts, in database: Database) throws {
        self.facts = facts
        // Rows of the first version lack some columns: these calls are read whole.
        let hasOldRows = try Bool.fetchOne(database, sql: "SELECT EXISTS (\(Self.oldRows))") ?? false
        var left: [CallFilter.Term] = []
        for term in filter.terms {
            guard let clause = try clause(term.condition, in: database) else {
                left.append(term)
                continue
            }
            let condition = term.isNegated ? "(\(clause.sql)) IS NOT TRUE" : clause.sql
            sql.append(hasOldRows ? "(webhooks IS NULL OR \(condition))" : condition)
            arguments += clause.arguments
            if hasOldRows { left.append(term) }
        }
        rest = CallFilter(left)
    }

    private static let oldRows = "SELECT 1 FROM call WHERE webhooks IS NULL"

    /// The conditions as one; `nil` if there are none.
    var whole: String? { sql.isEmpty ? nil : sql.map { "(\($0))" }.joined(separator: " AND ") }

    private struct Clause {
        let sql: String
        var arguments: [any DatabaseValueConvertible] = []
    }

    private mutating func clause(_ condition: CallFilter.Condition, in database: Database) throws -> Clause? {
        switch condition {
        case .from(let number): from(number, in: database)
        case .to(let number): try to(number, in: database)
        case .group(let name):
            try among(.called, in: database) { [facts] in name.isSame(as: Party($0).number.flatMap(facts.group)) }
        case .state(.known(let state)): outcome(state)
        case .state(.status(let status)): try among(.state, in: database) { status.isSame(as: $0) }
        case .answer(.kind(let kind)): Clause(sql: "kind = ?", arguments: [kind.rawValue])
        case .answer(.none): Clause(sql: "kind IS NULL")
        case .answer(.words(let words)): function(of: "words", in: database) { words.isPart(of: $0.first ?? nil) }
        case .by(let name): try among(.decider, in: database) { name.isPart(of: $0) }
        case .answerTime(let range):
            Clause(
                sql: "microseconds BETWEEN ? AND ?",
                arguments: [Int64(clamping: range.lowerBound), Int64(clamping: range.upperBound)])
        case .since(let time): Clause(sql: "heard_at >= ?", arguments: [time.microseconds])
        case .until(let time): Clause(sql: "heard_at < ?", arguments: [time.microseconds])
        case .trait(let trait): self.trait(trait)
        case .feature(let feature): self.feature(feature)
        case .replica, .text: nil
        }
    }

    private mutating func from(_ number: NumberMatch, in database: Database) -> Clause {
        if number == .withheld { return Clause(sql: "caller IS NULL") }
        if case .exactly(let party) = number { return Clause(sql: "caller = ?", arguments: [party.wireText]) }
        let whole = function(of: "caller", "caller_sent", in: database) { number.holds(for: Party($0[0]), sent: $0[1]) }
        guard case .begins(let prefix) = number else { return whole }
        // A colon follows the digits.
        let arguments: [any DatabaseValueConvertible] = ["\(prefix)", "\(prefix):"]
        return Clause(sql: "caller >= ? AND caller < ? AND \(whole.sql)", arguments: arguments)
    }

    private mutating func to(_ number: NumberMatch, in database: Database) throws -> Clause {
        if number == .withheld { return Clause(sql: "called IS NULL") }
        let parts = [
            try among(.called, in: database) { number.holds(for: Party($0), sent: nil) },
            try among(.line, in: database) { number.holds(forName: $0) },
            try among(.calledSent, in: database) { number.holds(forName: $0) },
        ].compactMap(\.self)
        guard parts.count == 3 else {
            return function(of: "called", "called_sent", "line", in: database) {
                number.holds(for: Party($0[0]), sent: $0[1]) || number.holds(forName: $0[2])
            }
        }
        return any(parts)
    }

    private func outcome(_ state: CallStateWord.Known) -> Clause {
        let now = facts.now.microseconds
        switch state {
        case .ringing, .live:
            let word = (state == .live ? CallOutcome.live : .ringing).words
            return Clause(sql: "outcome = ? AND news_deadline > ?", arguments: [word, now])
        case .ended: return Clause(sql: "outcome = ?", arguments: [CallOutcome.ended.words])
        case .failed: return Clause(sql: "outcome = ?", arguments: [CallOutcome.failed.words])
        case .rejected:
            let words = RejectedBy.allCases.map { CallOutcome.rejected($0).words }
            return Clause(sql: Self.list("outcome", words.count), arguments: words)
        case .noNews: return Clause(sql: "news_deadline <= ?", arguments: [now])
        }
    }

    private func trait(_ trait: CallTrait) -> Clause {
        switch trait {
        case .bad:
            any([outcome(.failed), outcome(.noNews)] + [CallTrait.late, .notApplied, .slow].map { self.trait($0) })
        case .live: outcome(.live)
        case .ringing: outcome(.ringing)
        case .ended: outcome(.ended)
        case .failed: outcome(.failed)
        case .rejected: outcome(.rejected)
        case .noNews: outcome(.noNews)
        case .late: Clause(sql: "decider = ?", arguments: [Decider.deadline.description])
        case .slow: Clause(sql: "microseconds > ?", arguments: [Int64(CallTrait.slowest)])
        case .applied: confirmation(.applied)
        case .notApplied: confirmation(.notApplied)
        case .unconfirmed: confirmation(.unconfirmed)
        case .withheld: Clause(sql: "caller IS NULL")
        case .marked: Clause(sql: "marked IS NOT NULL")
        }
    }

    private func confirmation(_ confirmation: Confirmation) -> Clause {
        Clause(sql: "applied = ?", arguments: [confirmation.rawValue])
    }

    private func feature(_ feature: CallFeature) -> Clause? {
        switch feature {
        case .answer: Clause(sql: "kind IS NOT NULL")
        case .note: Clause(sql: "notes IS NOT NULL")
        case .report: Clause(sql: "summary IS NOT NULL")
        case .summary: Clause(sql: "summary > ''")
        case .retry, .tools: nil
        }
    }

    private func any(_ clauses: [Clause]) -> Clause {
        Clause(sql: clauses.map { "(\($0.sql))" }.joined(separator: " OR "), arguments: clauses.flatMap(\.arguments))
    }

    private static func list(_ column: String, _ count: Int) -> String {
        "\(column) IN (\(Array(repeating: "?", count: count).joined(separator: ",")))"
    }
}

extension FilterConditions {
    /// More different values than this are not listed.
    private static let mostValues = 400

    /// A condition by the few different values of a facet; `nil` where there are too many.
    private func among(
        _ facet: Facet, in database: Database, _ holds: (String) -> Bool
    ) throws -> Clause? {
        let values = try facet.values(atMost: Self.mostValues + 1, in: database)
        guard values.count <= Self.mostValues else { return nil }
        let chosen = values.filter(holds)
        return Clause(sql: Self.list(facet.rawValue, chosen.count), arguments: chosen)
    }

    /// A condition that this program decides, by the texts in some columns.
    private mutating func function(
        of columns: String..., in database: Database, _ holds: @escaping @Sendable ([String?]) -> Bool
    ) -> Clause {
        functions += 1
        let name = "switchboard_filter_\(functions)"
        database.add(
            function: DatabaseFunction(name, argumentCount: columns.count, pure: true) { values in
                holds(values.map(String.fromDatabaseValue))
            })
        return Clause(sql: "\(name)(\(columns.joined(separator: ", ")))")
    }
}
