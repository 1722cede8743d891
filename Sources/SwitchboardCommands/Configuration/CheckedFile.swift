// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import JSON
import Rules

/// A file that a rules file names, and how much of it is in use.
struct CheckedFile {
    let file: String
    /// Rows of a table, or entries of a list.
    let rows: Int
    /// How many phone numbers are known by it; for a list, its entries.
    let numbers: Int
    /// The columns that numbers are read from; empty for a list.
    let columns: [String]

    /// The tables and lists of a rules file, by name.
    static func of(_ file: RulesFile?, _ opening: ContactSources.Opening?) -> [CheckedFile] {
        let tables = (opening?.tables ?? [:]).map { name, table in
            CheckedFile(file: name, rows: table.rows, numbers: table.contacts, columns: table.columns)
        }
        let lists = (file?.rules.lists ?? [:]).map { name, entries in
            CheckedFile(file: name, rows: entries.count, numbers: entries.count, columns: [])
        }
        return (tables + lists).sorted { $0.file < $1.file }
    }

    var words: String {
        guard !columns.isEmpty else { return "\(file): \(rows) \(rows == 1 ? "entry" : "entries")" }
        let numbers = CountText.words(self.numbers, "number")
        let place = columns.map { "`\($0)`" }.joined(separator: ", ")
        return "\(file): \(CountText.words(rows, "row")), \(numbers) in \(place)"
    }

    var document: JSONValue {
        .object([
            .init("file", .string(file)), .init("rows", .integer(rows)), .init("numbers", .integer(numbers)),
            .init("columns", .array(columns.map(JSONValue.string))),
        ])
    }
}
