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
    package let asksForLine: Bool
    /// The columns of the query, which are the attributes of contacts.
    package let columns: [String]
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

    private init(name: String, queue: DatabaseQueue, query: String, _ prepared: PreparedQuery) {
        self.name = name
        self.queue = queue
        self.query = query
        asksForLine = prepared.asksForLine
        columns = prepared.columns
    }

    /// Opens a database and prepares the query.
    ///
    /// Its parameter `:number` is the caller's E.164 number; it may also have
    /// `:line`, the called number.
    ///
    /// In the query, the function `e164(text)` converts any spelling to E.164, and `has_number(text, :number)` is 1 where
    /// one of several numbers in a text is the caller's; national numbers are read as those of `country`. `name` is used in
    /// messages.
    package static func open(
        path: String, name: String, query: String, country: String?, numbers: any NumberingPlan
    ) throws(ContactDatabaseError) -> ContactDatabase {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "contacts"
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            database.add(function: e164(country: country, numbers: numbers))
            database.add(function: hasNumber(country: country, numbers: numbers))
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let prepared = try queue.read { database in try PreparedQuery(query, in: database) }
            return ContactDatabase(name: name, queue: queue, query: query, prepared)
        } catch let problem as QueryProblem {
            throw ContactDatabaseError(file: name, problem: problem.description)
        } catch {
            throw ContactDatabaseError(file: name, problem: words(for: error))
        }
    }

    package func contact(for query: ContactQuery, within time: Duration) async -> ContactAnswer {
        let nanoseconds = Int(clamping: time.nanoseconds)
        return await withCheckedContinuation { continuation in
            let lookup = Lookup(continuation)
            lookups.async {
                guard lookup.begin() else { return }
                lookup.end(self.contact(for: query))
            }
            alarm.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { self.giveUp(lookup) }
        }
    }

    private func giveUp(_ lookup: Lookup) {
        guard lookup.giveUp(interrupting: { queue.interrupt() }) else { return }
        alarm.asyncAfter(deadline: .now() + Self.repetition) { self.giveUp(lookup) }
    }

    private func contact(for asked: ContactQuery) -> ContactAnswer {
        do {
            return try queue.read { database in
                let statement = try database.cachedStatement(sql: query)
                let row = try Row.fetchOne(statement, arguments: PreparedQuery.arguments(asked, asksForLine))
                guard let row else { return .unknown }
                return .found(Self.contact(in: row))
            }
        } catch {
            return .failed(Self.words(for: error))
        }
    }

    /// Reads the columns as strings, whatever their types; blobs and NULL are skipped.
    private static func contact(in row: Row) -> Contact {
        var attributes: [String: String] = [:]
        for (column, value) in row {
            switch value.storage {
            case .int64(let number): attributes[column] = String(number)
            case .double(let number): attributes[column] = text(of: number)
            case .string(let text): attributes[column] = text
            case .null, .blob: break
            }
        }
        return Contact(attributes: attributes)
    }

    private static func e164(country: String?, numbers: any NumberingPlan) -> DatabaseFunction {
        DatabaseFunction("e164", argumentCount: 1, pure: true) { values in
            guard let text = values.first.flatMap({ Self.text(of: $0) }) else { return nil }
            return numbers.number(spelled: text, country: country)?.description
        }
    }

    private static func hasNumber(country: String?, numbers: any NumberingPlan) -> DatabaseFunction {
        DatabaseFunction("has_number", argumentCount: 2, pure: true) { values in
            guard let text = Self.text(of: values[0]), let wanted = Self.text(of: values[1]) else { return nil }
            guard let number = PhoneNumber(wanted) else { return false }
            return numbers.numbers(in: text, country: country).contains { $0.number == number }
        }
    }

    /// The text of a value; a column may keep numbers as integers, with or without a fraction.
    private static func text(of value: DatabaseValue) -> String? {
        switch value.storage {
        case .int64(let number): String(number)
        case .double(let number): text(of: number)
        case .string(let text): text
        case .null, .blob: nil
        }
    }

    /// A column of type REAL keeps whole numbers with a fraction of 0, which nobody wrote.
    private static func text(of number: Double) -> String {
        Int64(exactly: number).map { String($0) } ?? String(number)
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
