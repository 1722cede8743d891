// SPDX-License-Identifier: Apache-2.0

import Calls

/// The text of a CSV file as spreadsheets and phones export it, made ready for the parser.
struct TableText {
    let text: String
    let delimiter: Character

    private static let delimiters: [Character] = [",", ";", "\t", "|"]

    init(_ bytes: [UInt8]) throws(ContactTableError.Kind) {
        if let kind = ForeignFile(of: bytes) { throw .foreign(kind) }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw .notUTF8(line: Self.firstBadLine(in: bytes))
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        let named = Self.takeDelimiter(from: &text)
        let delimiter = named ?? Self.delimiter(ofHeader: text)
        if text.contains("=\"") { text = Self.withoutFormulas(text, delimiter) }
        var quotes = QuoteCheck(delimiter: delimiter)
        if let row = quotes.firstBadRow(in: text) { throw .unbalancedQuotes(row: row) }
        self.text = text
        self.delimiter = delimiter
    }

    /// The first line that is not UTF-8.
    private static func firstBadLine(in bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
    }

    /// Takes a first line such as `sep=;`, which spreadsheets write for each other.
    private static func takeDelimiter(from text: inout String) -> Character? {
        let line = text.prefix { !$0.isNewline }
        let words = line.filter { $0 != "\"" }
        guard words.count == 5, words.lowercased().hasPrefix("sep="), let delimiter = words.last else { return nil }
        text = String(text[line.endIndex...].drop { $0.isNewline })
        return delimiter
    }

    /// Splits no line, for a table with one column, whose cells may hold several numbers.
    private static let none: Character = "\u{1F}"

    /// The delimiter that the header has most often, outside quotation marks; a comma before the others.
    private static func delimiter(ofHeader text: String) -> Character {
        var counts: [Character: Int] = [:]
        var isQuoted = false
        // Empty rows before the header are passed over.
        for character in text.drop(while: { $0.isWhitespace && $0 != "\t" || delimiters.contains($0) }) {
            if character == "\"" { isQuoted.toggle() }
            if isQuoted { continue }
            if character.isNewline { break }
            counts[character, default: 0] += 1
        }
        let found = delimiters.filter { counts[$0] != nil }
        return found.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? none
    }

    /// Replaces cells such as `="+31612345678"`, which keep a spreadsheet from reading a number, by their text.
    private static func withoutFormulas(_ text: String, _ delimiter: Character) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        var (isQuoted, isCellStart) = (false, true)
        var place = text.startIndex
        while place < text.endIndex {
            let character = text[place]
            let next = text.index(after: place)
            let isMark = character == "=" && isCellStart && !isQuoted && next < text.endIndex && text[next] == "\""
            if !isMark { result.append(character) }
            if character == "\"" { isQuoted.toggle() }
            isCellStart = !isMark && (isCellStart && character == " " || !isQuoted && isEnd(character, delimiter))
            place = next
        }
        return result
    }

    private static func isEnd(_ character: Character, _ delimiter: Character) -> Bool {
        character == delimiter || character.isNewline
    }
}
