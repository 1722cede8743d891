// SPDX-License-Identifier: Apache-2.0

import Calls
import Contacts
import GRDB

/// What is known of the query of the rules file once SQLite has prepared it.
struct PreparedQuery {
    let columns: [String]
    let asksForLine: Bool

    private static let example = "SELECT name, tier FROM people WHERE number = :number"

    /// Prepares the query; throws a `QueryProblem`, or what SQLite says.
    init(_ query: String, in database: Database) throws {
        let statements = try database.allStatements(sql: query)
        guard let statement = try statements.next(), try statements.next() == nil else {
            throw QueryProblem(description: "the query must be one SELECT")
        }
        guard statement.isReadonly else {
            throw QueryProblem(description: "the query must be a SELECT: contacts are only read")
        }
        guard statement.columnCount > 0 else {
            throw QueryProblem(description: "the query must be a SELECT, such as \(Self.example)")
        }
        columns = statement.columnNames
        let takesNumber = Self.takes(["number": ""], statement)
        asksForLine = !takesNumber && Self.takes(["number": "", "line": ""], statement)
        // A query without the number would return the same contact for every caller, or none: in quotation marks
        // `:number` is a text.
        let ignoresNumber = Self.takes(["line": ""], statement)
        guard query.contains(":number"), !ignoresNumber, takesNumber || asksForLine else {
            throw QueryProblem(
                description:
                    "the query must have the parameter `:number`, and may have `:line`, such as \(Self.example)")
        }
    }

    /// The parameters of the query for a call.
    static func arguments(_ asked: ContactQuery, _ asksForLine: Bool) -> StatementArguments {
        var arguments: StatementArguments = ["number": asked.number.description]
        if asksForLine { arguments += ["line": asked.line?.description] }
        return arguments
    }

    /// Whether these are the parameters of the query, neither more nor fewer.
    private static func takes(_ arguments: StatementArguments, _ statement: Statement) -> Bool {
        do {
            try statement.validateArguments(arguments)
            return true
        } catch {
            return false
        }
    }
}

/// Why a query cannot be used.
struct QueryProblem: Error, CustomStringConvertible {
    let description: String
}
