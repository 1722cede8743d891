// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Why a CSV file cannot be used.
package struct ContactTableError: Error, Equatable {
    package let file: String
    package let kind: Kind

    package init(file: String, _ kind: Kind) {
        self.file = file
        self.kind = kind
    }

    package enum Kind: Error, Equatable, Sendable {
        /// The first line that is not; the header is line 1.
        case notUTF8(line: Int)
        case foreign(ForeignFile)
        case notCSV
        case empty
        /// A quotation mark is never closed, or is in the wrong place; the header is row 1.
        case unbalancedQuotes(row: Int)
        /// No name of a column says that it holds phone numbers; these look as if they did.
        case noNumberColumn(likely: [String])
        /// The first row has a phone number where the name of a column is expected.
        case noHeader
        /// The columns that the rules file names for numbers are missing; with a column of the file that may be meant.
        case noSuchColumns([String], nearest: String?)
    }

    /// What is wrong, without the name of the file.
    package var problem: String {
        switch kind {
        case .notUTF8(let line): "line \(line): not UTF-8; save it as UTF-8"
        case .foreign(let kind): "this is \(kind.words); save it as CSV, in UTF-8"
        case .notCSV: "not a CSV file"
        case .empty: "it is empty; name the columns in the first row"
        case .unbalancedQuotes(let row):
            "row \(row): the quotation marks do not match; close them, or double a mark that is part of the text"
        // Where the first line is not a header, it is a person's name and number, and not shown.
        case .noNumberColumn(let likely) where likely.isEmpty:
            "no column is called number, phone or mobile; name the columns in the first row, or set `columns: { number: ... }`"
        case .noNumberColumn(let likely):
            "no column is called number, phone or mobile; \(likely.map { "`\($0)`" }.joined(separator: " and ")) "
                + "seem\(likely.count == 1 ? "s" : "") to hold phone numbers: set `columns: { number: ... }`"
        case .noHeader: "the first row holds a phone number; it must name the columns, such as name,number"
        case .noSuchColumns(let names, let nearest):
            "no column is called \(names.map { "`\($0)`" }.joined(separator: " or ")), which `columns` names for numbers"
                + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        }
    }
}

extension ContactTableError: CustomStringConvertible {
    package var description: String { "\(file): \(problem)" }
}

/// What is doubtful about the columns of a CSV file.
package enum ColumnProblem: Equatable, Sendable {
    /// Two columns have this name.
    case repeated(String)
    /// The rules file names a column that is not there.
    case missing(String, nearest: String?)
    /// These columns may all hold phone numbers, but one of them is called `number` or the like, which may be any number.
    case ambiguous([String])
    /// These columns look as if they held phone numbers, and are not read.
    case unread([String])
}

extension ColumnProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .repeated(let name): "two columns are called `\(name)`; rename one"
        case .missing(let name, let nearest):
            "no column is called `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        case .ambiguous(let names):
            "numbers are read from \(names.map { "`\($0)`" }.joined(separator: " and ")); if one holds other numbers, set "
                + "`columns: { number: ... }`"
        case .unread(let names):
            "\(names.map { "`\($0)`" }.joined(separator: " and ")) seem\(names.count == 1 ? "s" : "") to hold phone numbers, "
                + "which are not read; set `columns: { number: ... }`"
        }
    }
}

/// A row of a CSV file that is not used as a whole, or whose number is doubtful.
package struct RowProblem: Equatable, Sendable {
    /// The header is row 1; a row may have several lines.
    package let row: Int
    package let kind: Kind

    package init(row: Int, kind: Kind) {
        self.row = row
        self.kind = kind
    }

    /// Each with the text of the cell where there is one.
    package enum Kind: Equatable, Sendable {
        case noNumber
        case unreadable(String, UnreadableNumber)
        case withheldNumber(String)
        /// The number is used; the words are what to say of it.
        case doubtful(String, String)
        /// The number is used, but it does not exist; the country is empty for a number of no country.
        case noSuchNumber(String, PhoneNumber, country: String)
        /// An earlier row has the same number.
        case repeatedNumber(PhoneNumber, earlier: Int)
        /// The row is not used: a cell in quotation marks has a line that is a row with this number.
        case hiddenRow(PhoneNumber)
        /// The row has more cells than the header, so that cells may be in the wrong columns.
        case tooManyCells(Int, columns: Int)
    }
}

extension RowProblem: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .noNumber: "row \(row) has no number"
        case .unreadable(let text, let problem):
            "row \(row): cannot read \(Self.quoted(text)) as a phone number: \(problem); \(problem.advice)"
        case .withheldNumber(let text): "row \(row): \(Self.quoted(text)) hides a number; write the number"
        case .doubtful(let text, let words): "row \(row): \(Self.quoted(text)) is \(words)"
        case .noSuchNumber(let text, let number, let country):
            "row \(row): \(Self.quoted(text)) is \(number), which does not exist"
                + (country.isEmpty ? "" : " in \(country)") + "; check its digits"
        case .repeatedNumber(let number, let earlier):
            "row \(row) repeats \(number) of row \(earlier), which wins; remove one"
        case .hiddenRow(let number):
            "row \(row) is not used: a cell in quotation marks contains another row, with \(number); is a mark missing?"
        case .tooManyCells(let cells, let columns):
            "row \(row) has \(cells) cells for \(CountText.words(columns, "column")); put cells that contain the delimiter in quotation marks"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.prefix(40))\(text.count > 40 ? "..." : "")\""
    }
}
