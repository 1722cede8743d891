// SPDX-License-Identifier: Apache-2.0

/// A row of a CSV file that is not used, without what stands in it.
package struct RowProblem: Equatable, Sendable {
    /// The row, the header being the first; a row may be several lines.
    package let row: Int
    package let kind: Kind

    package init(row: Int, kind: Kind) {
        self.row = row
        self.kind = kind
    }

    /// What is wrong with a row.
    package enum Kind: Equatable, Sendable {
        case noNumber
        case unreadableNumber
        /// A row above has the same number.
        case repeatedNumber
    }
}

extension RowProblem: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .noNumber: "row \(row) has no number"
        case .unreadableNumber:
            "the number in row \(row) cannot be read; write it with its country code, or add `country` to the rules file"
        case .repeatedNumber: "the number in row \(row) stands in a row above, which counts"
        }
    }
}
