// SPDX-License-Identifier: Apache-2.0

extension NumberingPlan {
    /// Reads a cell that may have several numbers, such as `+31612345678; 020 1234567` or `+31... ::: +31...`.
    ///
    /// The result is in the order of the cell, each number once; it is empty where the cell has no number.
    package func numbers(in cell: String, country: String?) -> [NumberReading] {
        var readings: [NumberReading] = []
        for part in NumberCell.parts(of: cell) {
            for reading in self.readings(of: part, country: country) where reading != .none {
                let isKnown = readings.contains { $0 == reading || $0.number != nil && $0.number == reading.number }
                if !isKnown { readings.append(reading) }
            }
        }
        return readings
    }

    /// One number, or the numbers among words, such as `mob. 06 12345678 (work), tel. 020 1234567`.
    private func readings(of part: String, country: String?) -> [NumberReading] {
        let reading = read(part, country: country)
        switch reading {
        case .unreadable(.letters), .unreadable(.symbols), .unreadable(.several), .unreadable(.tooLong),
            .unreadable(.notInCountry):
            let found = NumbersAmongWords(plan: self, country: country).readings(in: part)
            return found.isEmpty ? [reading] : found
        case .number, .withheld, .none, .unreadable: return [reading]
        }
    }

    /// Returns the country in which the number does not exist; `nil` for a number that can exist.
    ///
    /// The country is empty for a number of no country.
    package func countryWithout(_ number: PhoneNumber) -> String? {
        isValid(number) ? nil : origin(of: number)?.country ?? ""
    }
}

/// A cell of a table with one number or several.
private enum NumberCell {
    /// At most this many digits after a comma or semicolon are keys to press, not another number.
    private static let mostKeys = 5
    private static let fewestDigits = 7
    /// A number with this many digits is whole, even if it begins with neither a plus sign nor 0.
    private static let longNumber = 10

    static func parts(of cell: String) -> [String] {
        // Most cells have one number in E.164 form, and many are read.
        if PhoneNumber(cell) != nil { return [cell] }
        // The comma of a power of ten does not separate numbers.
        let plain = CharacterForms.plain(cell)
        if Spreadsheet.isRounded(plain) || Spreadsheet.withoutThousands(plain) != plain { return [cell] }
        let lines = cell.split(whereSeparator: \.isNewline).flatMap { $0.split(separator: ":::") }
        return lines.flatMap { $0.split(separator: "|") }.flatMap { slashed(String($0)) }.flatMap(listed).flatMap(
            spaced)
    }

    /// Splits at slashes if there is a whole number on each side: `030/1234567` is one number.
    private static func slashed(_ text: String) -> [String] {
        let parts = text.split(separator: "/").map { String($0.trimmed) }
        let isEachWhole = parts.allSatisfy { part in
            let digits = part.count(where: \.isDigit)
            return digits >= fewestDigits && (part.hasPrefix("+") || part.hasPrefix("0")) || digits >= longNumber
        }
        return parts.count > 1 && isEachWhole ? parts : [text]
    }

    /// Splits in front of a plus sign that follows a whole number and a space.
    private static func spaced(_ text: String) -> [String] {
        var parts = [""]
        var digits = 0
        for character in text {
            if character == "+", digits >= fewestDigits, parts[parts.count - 1].last?.isWhitespace == true {
                parts.append("")
                digits = 0
            }
            if character.isDigit { digits += 1 }
            parts[parts.count - 1].append(character)
        }
        return parts
    }

    /// Splits at commas and semicolons, except in front of parameters and keys.
    private static func listed(_ text: String) -> [String] {
        var parts: [String] = []
        for piece in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let digits = piece.count(where: \.isDigit)
            let isParameter = piece.first?.isLetter == true && piece.contains("=")
            guard let last = parts.last, isParameter || digits <= mostKeys && !piece.contains("+") else {
                parts.append(String(piece))
                continue
            }
            if isParameter { parts[parts.count - 1] = last + ";" + piece }
        }
        return parts
    }
}
