// SPDX-License-Identifier: Apache-2.0

import Calls

/// Finds columns that hold phone numbers by what is in them, where their names do not say it.
///
/// It looks at a few rows and at numbers only that are written as such: a customer number must not be taken for one.
struct LikelyNumbers {
    /// Without the header.
    let rows: ArraySlice<[String]>
    let country: String?
    let plan: any NumberingPlan

    private static let mostRows = 200
    private static let mostCells = 20
    private static let fewestDigits = 9

    /// Whether more than half of the first cells with text are phone numbers.
    func isColumn(_ column: Int) -> Bool {
        var (texts, numbers) = (0, 0)
        for row in rows.prefix(Self.mostRows) where texts < Self.mostCells {
            let text = row.indices.contains(column) ? row[column].cellText : ""
            guard !text.isEmpty else { continue }
            texts += 1
            if isNumber(text) { numbers += 1 }
        }
        return numbers * 2 > texts
    }

    /// Whether a cell is a number that exists, with a plus sign or a 0 in front.
    func isNumber(_ cell: String) -> Bool {
        guard let first = cell.first, "+0(".contains(first), cell.count(where: \.isDigit) >= Self.fewestDigits,
            cell.allSatisfy({ $0.isDigit || "+ -./()".contains($0) })
        else { return false }
        return plan.read(cell, country: country).number.map(plan.isValid) ?? false
    }
}
