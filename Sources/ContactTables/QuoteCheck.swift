// SPDX-License-Identifier: Apache-2.0

/// Checks that the quotation marks of a CSV file match.
///
/// The parser takes a mark that is never closed for the start of a long cell, which would put other people's rows into
/// one contact, and does not say where a stray one is.
struct QuoteCheck {
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
