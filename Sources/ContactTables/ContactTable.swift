// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts
import SwiftCSV

/// Contacts in a CSV file, in memory.
package struct ContactTable: LocalContacts {
    package let name: String
    private let contacts: [PhoneNumber: Contact]

    /// How many contacts it has.
    package var count: Int { contacts.count }

    package func contact(for number: PhoneNumber) -> ContactAnswer {
        contacts[number].map(ContactAnswer.found) ?? .unknown
    }

    /// A table, and the rows of its file that are not in it.
    package struct Reading: Sendable {
        package let table: ContactTable
        package let problems: [RowProblem]
    }

    /// Reads a CSV file whose header row has a column `number`; every other column is an attribute.
    ///
    /// Numbers may be spelled in any way; national ones belong to `country`. Of two rows with the same number the first
    /// wins.
    package static func read(
        _ bytes: [UInt8], name: String, country: String?, numbers: some NumberingPlan
    ) throws(ContactTableError) -> Reading {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ContactTableError(file: name, .notUTF8) }
        let table = try rows(of: text, name: name)
        guard let column = table.header.first(where: { $0.trimmed.lowercased() == "number" }) else {
            throw ContactTableError(file: name, .noNumberColumn)
        }
        var contacts: [PhoneNumber: Contact] = [:]
        var problems: [RowProblem] = []
        for (index, row) in table.rows.enumerated() {
            let spelling = String((row[column] ?? "").trimmed)
            guard let number = numbers.number(spelled: spelling, country: country) else {
                problems.append(RowProblem(row: index + 2, kind: spelling.isEmpty ? .noNumber : .unreadableNumber))
                continue
            }
            guard contacts[number] == nil else {
                problems.append(RowProblem(row: index + 2, kind: .repeatedNumber))
                continue
            }
            contacts[number] = contact(row, besides: column)
        }
        return Reading(table: ContactTable(name: name, contacts: contacts), problems: problems)
    }

    private static func rows(of text: String, name: String) throws(ContactTableError) -> (
        header: [String], rows: [[String: String]]
    ) {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        let delimiter = CSVDelimiter.guessed(string: text)
        var quotes = QuoteCheck(delimiter: delimiter.rawValue)
        if let row = quotes.firstBadRow(in: text) {
            throw ContactTableError(file: name, .unbalancedQuotes(row: row))
        }
        do {
            let table = try NamedCSV(string: text, delimiter: delimiter)
            return (table.header, table.rows)
        } catch {
            throw ContactTableError(file: name, .notCSV)
        }
    }

    private static func contact(_ row: [String: String], besides column: String) -> Contact {
        var attributes: [String: String] = [:]
        for (key, value) in row where key != column { attributes[String(key.trimmed)] = String(value.trimmed) }
        return Contact(attributes: attributes)
    }
}

/// Checks that the quotation marks of a CSV file match.
///
/// The parser takes a mark that is never closed for the start of a long cell, which would put other people's rows into
/// one contact, and does not say where a stray one is.
private struct QuoteCheck {
    private enum State {
        case cellStart, cell, quoted, afterQuote
        /// A mark in a cell without quotes, which only another mark may follow.
        case markInCell
    }

    let delimiter: Character
    private var state = State.cellStart
    private var row = 1
    /// The row in which the last quoted cell began.
    private var quotedRow = 1

    init(delimiter: Character) {
        self.delimiter = delimiter
    }

    /// Returns the first row with a mark that is never closed or that is in the wrong place; the header is row 1.
    mutating func firstBadRow(in text: String) -> Int? {
        guard text.utf8.contains(UInt8(ascii: "\"")) else { return nil }
        for character in text {
            guard take(character) else { return state == .afterQuote ? quotedRow : row }
        }
        switch state {
        case .quoted: return quotedRow
        case .markInCell: return row
        case .cellStart, .cell, .afterQuote: return nil
        }
    }

    /// Moves on by one character; returns `false` where it cannot follow.
    private mutating func take(_ character: Character) -> Bool {
        switch (state, character) {
        case (.quoted, "\""): state = .afterQuote
        case (.quoted, _): break
        case (.afterQuote, "\""): state = .quoted
        case (.markInCell, "\""): state = .cell
        case (.markInCell, _): return false
        case (.cellStart, "\""):
            state = .quoted
            quotedRow = row
        case (.cell, "\""): state = .markInCell
        case (_, delimiter): state = .cellStart
        case (_, _) where character.isNewline:
            state = .cellStart
            row += 1
        case (.cellStart, _), (.afterQuote, _):
            if character.isWhitespace { break }
            guard state == .cellStart else { return false }
            state = .cell
        case (.cell, _): break
        }
        return true
    }
}
