// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts
import Dispatch
import GRDB

/// Contacts in an SQLite database, opened read-only; the query of the rules file is prepared once.
///
/// It has a timeout like another server: a disk may be slow, and a query may have no index.
package final class ContactDatabase: RemoteContacts {
    package let name: String
    private let queue: DatabaseQueue
    private let query: String
    /// Runs one lookup at a time, off the event loops.
    private let lookups = DispatchQueue(label: "switchboard.contacts")
    /// Ends lookups whose time is up.
    private let alarm = DispatchQueue(label: "switchboard.contacts.alarm")

    /// How long a lookup waits for another program that is writing, in seconds; part of the lookup's own time.
    private static let patience = 0.2
    /// The pause between two attempts to interrupt a query, in seconds.
    private static let repetition = 0.05

    private init(name: String, queue: DatabaseQueue, query: String) {
        self.name = name
        self.queue = queue
        self.query = query
    }

    /// Opens a database and prepares the query, whose one parameter `:number` is the caller's E.164 number.
    ///
    /// In the query, the function `e164(text)` converts any spelling to E.164; national numbers are read as those of
    /// `country`. `name` is used in messages.
    package static func open(
        path: String, name: String, query: String, country: String?, numbers: any NumberingPlan
    ) throws(ContactDatabaseError) -> ContactDatabase {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "contacts"
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            database.add(function: e164(country: country, numbers: numbers))
        }
        let opened: (queue: DatabaseQueue, problem: String?)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            opened = (queue, try queue.read { database in try Self.problem(with: query, in: database) })
        } catch {
            throw ContactDatabaseError(file: name, problem: words(for: error))
        }
        if let problem = opened.problem { throw ContactDatabaseError(file: name, problem: problem) }
        return ContactDatabase(name: name, queue: opened.queue, query: query)
    }

    package func contact(for number: PhoneNumber, within time: Duration) async -> ContactAnswer {
        let nanoseconds = Int(clamping: time.nanoseconds)
        return await withCheckedContinuation { continuation in
            let lookup = Lookup(continuation)
            lookups.async {
                guard lookup.begin() else { return }
                lookup.end(self.contact(for: number))
            }
            alarm.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { self.giveUp(lookup) }
        }
    }

    private func giveUp(_ lookup: Lookup) {
        guard lookup.giveUp(interrupting: { queue.interrupt() }) else { return }
        alarm.asyncAfter(deadline: .now() + Self.repetition) { self.giveUp(lookup) }
    }

    private func contact(for number: PhoneNumber) -> ContactAnswer {
        do {
            return try queue.read { database in
                let statement = try database.cachedStatement(sql: query)
                let row = try Row.fetchOne(statement, arguments: ["number": number.description])
                guard let row else { return .unknown }
                return .found(Self.contact(in: row))
            }
        } catch {
            return .failed(Self.words(for: error))
        }
    }

    /// Returns what is wrong with a query, if anything.
    private static func problem(with query: String, in database: Database) throws -> String? {
        let statements = try database.allStatements(sql: query)
        guard let statement = try statements.next(), try statements.next() == nil else {
            return "the query must be one SELECT"
        }
        guard statement.isReadonly else { return "the query must be a SELECT: contacts are only read" }
        let example = "SELECT name, tier FROM people WHERE number = :number"
        guard statement.columnCount > 0 else { return "the query must be a SELECT, such as \(example)" }
        // A query without the number would return the same contact for every caller.
        guard query.contains(":number"), takesOnlyTheNumber(statement) else {
            return "the query must have `:number` as its only parameter, such as \(example)"
        }
        return nil
    }

    private static func takesOnlyTheNumber(_ statement: Statement) -> Bool {
        do {
            try statement.validateArguments(["number": ""])
            return true
        } catch {
            return false
        }
    }

    /// Reads the columns as strings, whatever their types; blobs and NULL are skipped.
    private static func contact(in row: Row) -> Contact {
        var attributes: [String: String] = [:]
        for (column, value) in row {
            switch value.storage {
            case .int64(let number): attributes[column] = String(number)
            case .double(let number): attributes[column] = String(number)
            case .string(let text): attributes[column] = text
            case .null, .blob: break
            }
        }
        return Contact(attributes: attributes)
    }

    private static func e164(country: String?, numbers: any NumberingPlan) -> DatabaseFunction {
        DatabaseFunction("e164", argumentCount: 1, pure: true) { values in
            guard let text = values.first.flatMap({ String.fromDatabaseValue($0) }) else { return nil }
            return numbers.number(spelled: text, country: country)?.description
        }
    }

    /// SQLite's message without the statement and its arguments, which hold phone numbers.
    private static func words(for error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "it cannot be read" }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return "another program is writing to it"
        case .SQLITE_CANTOPEN: return "it cannot be opened"
        case .SQLITE_NOTADB: return "it is not an SQLite database"
        default: return error.message ?? "SQLite error \(error.resultCode.rawValue)"
        }
    }
}

/// Why a database of contacts cannot be used.
package struct ContactDatabaseError: Error, Equatable {
    /// The file, as the rules file names it.
    package let file: String
    /// What is wrong, for people.
    package let problem: String

    package init(file: String, problem: String) {
        self.file = file
        self.problem = problem
    }
}

extension ContactDatabaseError: CustomStringConvertible {
    package var description: String { "\(file): \(problem)" }
}
