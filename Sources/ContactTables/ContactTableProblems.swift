// SPDX-License-Identifier: Apache-2.0

/// Why a CSV file cannot be used.
package struct ContactTableError: Error, Equatable {
    package let file: String
    package let kind: Kind

    package init(file: String, _ kind: Kind) {
        self.file = file
        self.kind = kind
    }

    package enum Kind: Equatable, Sendable {
        case notUTF8
        case notCSV
        /// A quotation mark is never closed, or is in the wrong place; the header is row 1.
        case unbalancedQuotes(row: Int)
        case noNumberColumn
    }

    /// What is wrong, without the name of the file.
    package var problem: String {
        switch kind {
        case .notUTF8: "not UTF-8; save it as UTF-8"
        case .notCSV: "not a CSV file"
        case .unbalancedQuotes(let row):
            "row \(row): the quotation marks do not match; close them, or double a mark that is part of the text"
        // The first line is not shown: where it is not a header, it is a person's name and number.
        case .noNumberColumn: "no column `number`; the first line must name the columns, such as number,name,tier"
        }
    }
}

extension ContactTableError: CustomStringConvertible {
    package var description: String { "\(file): \(problem)" }
}

/// A row of a CSV file that is not used, without its content.
package struct RowProblem: Equatable, Sendable {
    /// The header is row 1; a row may have several lines.
    package let row: Int
    package let kind: Kind

    package init(row: Int, kind: Kind) {
        self.row = row
        self.kind = kind
    }

    package enum Kind: Equatable, Sendable {
        case noNumber
        case unreadableNumber
        /// An earlier row has the same number.
        case repeatedNumber
    }
}

extension RowProblem: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .noNumber: "row \(row) has no number"
        case .unreadableNumber:
            "row \(row): cannot read the phone number; add its country code, or set `country` in the rules file"
        case .repeatedNumber: "row \(row) repeats a number; the earlier row wins"
        }
    }
}
