// SPDX-License-Identifier: Apache-2.0

import Calls
import ContactDatabases
import Contacts
import Foundation
import GRDB
import PhoneNumbers
import TestSupport
import Testing

@Suite struct ContactDatabaseTests {
    private static let query = "SELECT name, tier, visits, rating, note, photo FROM people WHERE number = :number"

    @Test func columnsOfAnyTypeAreAttributes() async throws {
        let database = try CRM().open(Self.query)
        #expect(
            await database.contact(for: "+31612345678", within: .seconds(30))
                == .found(Contact(attributes: ["name": "Jan", "tier": "vip", "visits": "7", "rating": "4.5"])))
        #expect(await database.contact(for: "+31612345679", within: .seconds(30)) == .unknown)
    }

    @Test(arguments: [
        ("7.0", "7"), ("12.50", "12.5"), ("-3.0", "-3"), ("1e15", "1000000000000000"), ("1e300", "1e+300"),
    ])
    func aWholeNumberOfTypeREALHasNoFraction(_ value: String, _ text: String) async throws {
        let database = try CRM().open("SELECT \(value) AS balance FROM people WHERE number = :number")
        #expect(
            await database.contact(for: "+31612345678", within: .seconds(30))
                == .found(Contact(attributes: ["balance": text])))
    }

    @Test(arguments: ContactSourceContract.rows)
    func keepsTheContract(_ row: TestSupport.Row<PhoneNumber, ContactAnswer>) async throws {
        let database = try CRM().open("SELECT name, tier FROM contract WHERE number = :number")
        #expect(await database.contact(for: row.input, within: .seconds(30)) == row.expected)
    }

    @Test func numbersOfAnySpellingAreFoundWithTheFunction() async throws {
        let database = try CRM().open("SELECT name FROM spellings WHERE e164(phone) = :number")
        #expect(
            await database.contact(for: "+31612345678", within: .seconds(30))
                == .found(Contact(attributes: ["name": "Jan"])))
        #expect(await database.contact(for: "+31612345679", within: .seconds(30)) == .unknown)
    }

    @Test(arguments: [
        ("row 1: digits with the country code", "'31612345678'"), ("row 4: national", "'06 1234 5678'"),
        ("row 17: invisible characters", "'\u{202A}+31\u{2011}6\u{2011}12345678\u{202C}'"),
        ("row 18: an extension", "'+31612345678 x12'"), ("row 19: a formula", "'=\"0612345678\"'"),
        ("an integer without its 0", "612345678"), ("an integer with its country code", "31612345678"),
        ("a number with a fraction", "31612345678.0"),
    ])
    func everySpellingInAColumnIsFound(_ row: String, _ value: String) async throws {
        for query in ["e164(phone) = :number", "has_number(phone, :number)"] {
            let database = try CRM().open(
                "SELECT 'Jan' AS name FROM (SELECT \(value) AS phone) WHERE \(query)", country: "NL",
                numbers: WorldNumberingPlan())
            #expect(
                await database.contact(for: "+31612345678", within: .seconds(30))
                    == .found(Contact(attributes: ["name": "Jan"])), "\(row), \(query)")
            #expect(await database.contact(for: "+31612345679", within: .seconds(30)) == .unknown, "\(row)")
        }
    }

    @Test(arguments: ["'0205550143; 06 12345678'", "'+31205550143 ::: +31612345678'", "NULL", "x'00'"])
    func eachNumberOfAColumnIsFound(_ value: String) async throws {
        let database = try CRM().open(
            "SELECT 'Jan' AS name FROM (SELECT \(value) AS phone) WHERE has_number(phone, :number)", country: "NL",
            numbers: WorldNumberingPlan())
        let isKnown = value.contains("06") || value.contains("+")
        #expect(
            await database.contact(for: "+31612345678", within: .seconds(30))
                == (isKnown ? .found(Contact(attributes: ["name": "Jan"])) : .unknown), "row 18")
    }

    @Test func aQueryMayAskForTheLine() async throws {
        let database = try CRM().open("SELECT :line AS line FROM people WHERE number = :number")
        #expect(database.asksForLine)
        #expect(
            await database.contact(for: ContactQuery("+31612345678", on: "+31201234567"), within: .seconds(30))
                == .found(Contact(attributes: ["line": "+31201234567"])))
        #expect(
            await database.contact(for: ContactQuery("+31612345678"), within: .seconds(30))
                == .found(Contact(attributes: [:])))
    }

    @Test func theColumnsAreKnownBeforeAnyCall() throws {
        let database = try CRM().open(Self.query)
        #expect(database.columns == ["name", "tier", "visits", "rating", "note", "photo"])
        #expect(!database.asksForLine)
    }

    @Test func aQueryThatTakesTooLongIsGivenUpAndTheNextOneIsAnswered() async throws {
        let database = try CRM().open(
            """
            WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE :number = '+31612345678')
            SELECT max(n) AS largest FROM count
            """)
        #expect(await database.contact(for: "+31612345678", within: .milliseconds(20)) == .timedOut)
        #expect(
            await database.contact(for: "+31612345679", within: .seconds(30))
                == .found(Contact(attributes: ["largest": "1"])))
    }

    @Test(arguments: [
        ("", "the query must be one SELECT"),
        ("SELECT 1; SELECT 2", "the query must be one SELECT"),
        ("DELETE FROM people WHERE number = :number", "the query must be a SELECT: contacts are only read"),
        ("SELECT name FROM people", "the query must have the parameter `:number`"),
        ("SELECT name FROM people WHERE number = ':number'", "the query must have the parameter `:number`"),
        ("SELECT name FROM people -- WHERE number = :number", "the query must have the parameter `:number`"),
        (
            "SELECT name FROM people WHERE number = :number AND tier = :tier",
            "the query must have the parameter `:number`"
        ),
        ("SELECT name FROM persons WHERE number = :number", "no such table: persons"),
        ("SELECT name FRM people", "syntax error"),
    ])
    func aQueryThatCannotBeUsedIsSaid(_ query: String, _ words: String) throws {
        let crm = try CRM()
        let error = #expect(throws: ContactDatabaseError.self) { try crm.open(query) }
        #expect(error?.description.hasPrefix("crm.sqlite: ") == true)
        #expect(error?.problem.contains(words) == true, "\(error?.problem ?? "")")
    }

    @Test func aFileThatIsNoneIsSaid() throws {
        let crm = try CRM()
        try Data("number,name\n".utf8).write(to: crm.url)
        #expect(throws: ContactDatabaseError(file: "crm.sqlite", problem: "it is not an SQLite database")) {
            try crm.open(Self.query)
        }
        try FileManager.default.removeItem(at: crm.url)
        #expect(throws: ContactDatabaseError(file: "crm.sqlite", problem: "it cannot be opened")) {
            try crm.open(Self.query)
        }
    }

    @Test func aWriterIsWaitedForOnlyAMoment() async throws {
        let crm = try CRM()
        let database = try crm.open(Self.query)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let writer = try DatabaseQueue(path: crm.url.path, configuration: configuration)
        try await writer.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        let busy = await database.contact(for: "+31612345678", within: .seconds(30))
        #expect(busy == .failed("another program is writing to it"))
        try await writer.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        let free = await database.contact(for: "+31612345678", within: .seconds(30))
        #expect(free != busy)
    }
}

/// A real database file in a temporary folder.
private final class CRM {
    let url: URL
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        url = folder.url.appending(path: "crm.sqlite")
        try DatabaseQueue(path: url.path).write { database in
            try database.execute(
                sql: """
                    CREATE TABLE people (number TEXT, name TEXT, tier TEXT, visits INTEGER, rating REAL, note TEXT, photo BLOB);
                    INSERT INTO people VALUES ('+31612345678', 'Jan', 'vip', 7, 4.5, NULL, x'00');
                    CREATE TABLE spellings (phone TEXT, name TEXT);
                    INSERT INTO spellings VALUES ('nonsense', 'Piet'), ('+31612345678', 'Jan');
                    CREATE TABLE contract (number TEXT, name TEXT, tier TEXT);
                    """)
            for person in ContactSourceContract.people {
                try database.execute(
                    sql: "INSERT INTO contract VALUES (?, ?, ?)",
                    arguments: [person.number.description, person.name, person.tier])
            }
        }
    }

    func open(
        _ query: String, country: String? = nil, numbers: any NumberingPlan = NoNumberingPlan()
    ) throws -> ContactDatabase {
        try ContactDatabase.open(
            path: url.path, name: "crm.sqlite", query: query, country: country, numbers: numbers)
    }
}
