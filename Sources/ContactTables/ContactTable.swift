// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts
import SwiftCSV

/// Contacts in a CSV file, in memory.
package struct ContactTable: LocalContacts {
    package let name: String
    private let contacts: [PhoneNumber: Contact]

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
    /// Numbers may be spelled in any way; national ones are read as those of `country`. Of two rows with one number the
    /// first counts.
    package static func read(
        _ bytes: [UInt8], name: String, country: String?, numbers: some NumberingPlan
    ) throws(ContactTableError) -> Reading {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(file: name) }
        let table = try rows(of: text, name: name)
        guard let column = table.header.first(where: { $0.trimmed.lowercased() == "number" }) else {
            throw .noNumberColumn(file: name)
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
        do {
            let table = try NamedCSV(string: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
            return (table.header, table.rows)
        } catch {
            throw .notCSV(file: name)
        }
    }

    private static func contact(_ row: [String: String], besides column: String) -> Contact {
        var attributes: [String: String] = [:]
        for (key, value) in row where key != column { attributes[String(key.trimmed)] = String(value.trimmed) }
        return Contact(attributes: attributes)
    }
}
