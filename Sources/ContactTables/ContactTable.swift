// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Contacts
import SwiftCSV

/// Contacts in a CSV file, in memory.
package struct ContactTable: LocalContacts {
    package let name: String
    private let contacts: [PhoneNumber: Contact]

    /// How many numbers it has; a contact may have several.
    package var count: Int { contacts.count }

    package func contact(for number: PhoneNumber) -> ContactAnswer {
        contacts[number].map(ContactAnswer.found) ?? .unknown
    }

    /// A table, and what is doubtful in its file.
    package struct Reading: Sendable {
        package let table: ContactTable
        /// How many rows have a cell with text, without the header.
        package let rows: Int
        /// The columns that numbers are read from.
        package let numberColumns: [String]
        /// The names of the attributes that contacts may have.
        package let attributes: [String]
        package let columnProblems: [ColumnProblem]
        package let problems: [RowProblem]
    }

    /// In longer files, numbers in E.164 form are taken as they are: whether each exists takes tens of microseconds.
    private static let mostChecked = 20_000

    /// Reads a CSV file whose first row names the columns.
    ///
    /// Numbers may be spelled in any way, several in one cell; national ones belong to `country`. Of two rows with the same
    /// number the first wins.
    package static func read(
        _ bytes: [UInt8], name: String, columns: ContactColumns = .found, country: String?, numbers: any NumberingPlan
    ) throws(ContactTableError) -> Reading {
        do throws(ContactTableError.Kind) {
            let text = try TableText(bytes)
            let rows = try rows(of: text)
            // Some exports begin with empty rows.
            let first = rows.firstIndex { $0.contains { $0.contains { $0.isLetter || $0.isNumber } } }
            guard let first else { throw ContactTableError.Kind.empty }
            let likely = LikelyNumbers(rows: rows[(first + 1)...], country: country, plan: numbers)
            let header = try TableHeader(rows[first], columns, likely)
            var people = People(
                header: header, delimiter: text.delimiter, country: country, plan: numbers,
                isLong: rows.count > Self.mostChecked)
            for (index, row) in rows.enumerated().dropFirst(first + 1) { people.add(row, at: index + 1) }
            return Reading(
                table: ContactTable(name: name, contacts: people.contacts), rows: people.rows,
                numberColumns: header.numberNames, attributes: header.attributeNames,
                columnProblems: header.problems, problems: people.problems)
        } catch {
            throw ContactTableError(file: name, error)
        }
    }

    private static func rows(of text: TableText) throws(ContactTableError.Kind) -> [[String]] {
        let delimiter = CSVDelimiter(unicodeScalarLiteral: text.delimiter)
        do {
            let table = try EnumeratedCSV(string: text.text, delimiter: delimiter, loadColumns: false)
            return [table.header] + table.rows
        } catch {
            throw .notCSV
        }
    }
}

/// The contacts of the rows so far.
private struct People {
    let header: TableHeader
    let delimiter: Character
    let country: String?
    let plan: any NumberingPlan
    /// Whether numbers in E.164 form are taken as they are.
    let isLong: Bool
    private(set) var contacts: [PhoneNumber: Contact] = [:]
    /// The row of each number.
    private var places: [PhoneNumber: Int] = [:]
    private(set) var rows = 0
    private(set) var problems: [RowProblem] = []

    init(header: TableHeader, delimiter: Character, country: String?, plan: any NumberingPlan, isLong: Bool) {
        self.header = header
        self.delimiter = delimiter
        self.country = country
        self.plan = plan
        self.isLong = isLong
    }

    mutating func add(_ cells: [String], at row: Int) {
        guard let last = cells.lastIndex(where: { $0.contains { !$0.isWhitespace } }) else { return }
        rows += 1
        // Its contact would have the names and numbers of others.
        if let hidden = hiddenRow(in: cells) { return problems.append(RowProblem(row: row, kind: .hiddenRow(hidden))) }
        if last >= header.columnCount {
            problems.append(RowProblem(row: row, kind: .tooManyCells(last + 1, columns: header.columnCount)))
        }
        let numbers = numbers(in: cells, at: row)
        guard !numbers.isEmpty else { return }
        let contact = header.contact(cells)
        var repeated: RowProblem?
        for number in numbers {
            if let earlier = places[number] {
                repeated = repeated ?? RowProblem(row: row, kind: .repeatedNumber(number, earlier: earlier))
            } else {
                contacts[number] = contact
                places[number] = row
            }
        }
        if let repeated { problems.append(repeated) }
    }

    /// The number of another row that a cell contains because two quotation marks are missing, one here and one there.
    private func hiddenRow(in cells: [String]) -> PhoneNumber? {
        for (column, cell) in cells.enumerated() where cell.contains(where: \.isNewline) {
            for (index, line) in cell.split(whereSeparator: \.isNewline).enumerated() {
                let parts = line.split(separator: delimiter, omittingEmptySubsequences: false).map {
                    String($0).cellText
                }
                guard parts.count > 1, !isListOfNumbers(parts, in: column) else { continue }
                // The first line begins with the cell's own text, in its own column; the others are rows.
                let number =
                    index == 0 ? number(in: parts, from: column, first: 1) : number(in: parts, from: 0, first: 0)
                if let number { return number }
            }
        }
        return nil
    }

    /// The number in cells of a row, of which the first is in the given column.
    private func number(in parts: [String], from column: Int, first: Int) -> PhoneNumber? {
        for place in header.numbers.map({ $0 - column }) where place >= first && place < parts.count {
            if let number = plan.read(parts[place], country: country).number, plan.isValid(number) { return number }
        }
        return nil
    }

    /// Whether it is a line of a cell with several numbers of one person.
    private func isListOfNumbers(_ parts: [String], in column: Int) -> Bool {
        header.numbers.contains(column)
            && parts.allSatisfy { $0.isEmpty || plan.read($0, country: country).number != nil }
    }

    /// The numbers of a row, each once.
    private mutating func numbers(in cells: [String], at row: Int) -> [PhoneNumber] {
        var numbers: [PhoneNumber] = []
        var isEmpty = true
        for index in header.numbers where index < cells.count {
            let cell = cells[index].cellText
            for reading in plan.numbers(in: cell, country: country) {
                isEmpty = false
                switch reading {
                case .number(let number, let remark):
                    guard !numbers.contains(number) else { continue }
                    numbers.append(number)
                    note(number, remark, cell, at: row)
                case .withheld: problems.append(RowProblem(row: row, kind: .withheldNumber(cell)))
                case .unreadable(let problem): problems.append(RowProblem(row: row, kind: .unreadable(cell, problem)))
                case .none: break
                }
            }
        }
        if isEmpty { problems.append(RowProblem(row: row, kind: .noNumber)) }
        return numbers
    }

    /// Notes what is doubtful about a number that is used all the same.
    private mutating func note(_ number: PhoneNumber, _ remark: NumberRemark?, _ cell: String, at row: Int) {
        if let remark {
            problems.append(RowProblem(row: row, kind: .doubtful(cell, remark.words(for: number))))
        } else if !(isLong && PhoneNumber(cell) != nil), let country = plan.countryWithout(number) {
            problems.append(RowProblem(row: row, kind: .noSuchNumber(cell, number, country: country)))
        }
    }
}
