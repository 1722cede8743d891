// SPDX-License-Identifier: Apache-2.0

/// What names callers in a rules file or a list: a number, a prefix, a range, or the word for withheld numbers.
package enum CallerEntry: Hashable, Sendable {
    case number(PhoneNumber, NumberRemark?)
    case prefix(PhonePrefix)
    case range(PhoneRange)
    case withheld
    case unreadable(UnreadableNumber)
}

extension CallerEntry {
    /// Creates an entry from a text that was read as one number.
    package init(_ reading: NumberReading) {
        self =
            switch reading {
            case .number(let number, let remark): .number(number, remark)
            case .withheld: .withheld
            case .none: .unreadable(.letters)
            case .unreadable(let problem): .unreadable(problem)
            }
    }
}

extension NumberingPlan {
    /// Reads `+31612345678`, `+4930*`, `+31201234500-99` or `withheld`; numbers in any spelling.
    package func callers(_ text: String, country: String?) -> CallerEntry {
        let plain = CharacterForms.plain(text)
        if plain.hasSuffix("*") { return prefix(plain, country: country) }
        if let ends = RangeEnds(plain), let range = range(ends, country: country) { return range }
        return CallerEntry(read(text, country: country))
    }

    /// Reads the beginning of a number, such as `+4930`; `nil` for anything else.
    ///
    /// A star at its end is passed over. A national prefix such as `030` belongs to `country`.
    package func prefix(spelled text: String, country: String?) -> PhonePrefix? {
        guard case .prefix(let prefix) = prefix(CharacterForms.plain(text), country: country) else { return nil }
        return prefix
    }

    private func prefix(_ plain: String, country: String?) -> CallerEntry {
        var stem = Substring(plain)
        while stem.last == "*" || stem.last?.isWhitespace == true { stem.removeLast() }
        var digits = ""
        for character in stem {
            switch character {
            case _ where character.isDigit: digits.append(character)
            case "+" where digits.isEmpty: digits = "+"
            case " ", "-", ".", "/", "(", ")": continue
            default: return .unreadable(character.isLetter ? .letters : .symbols)
            }
        }
        if digits.hasPrefix("00") { digits = "+" + digits.dropFirst(2) }
        if digits.hasPrefix("+") {
            return PhonePrefix(TrunkPrefix.withoutZero(digits)).map(CallerEntry.prefix) ?? .unreadable(.tooShort)
        }
        guard digits.hasPrefix("0") else { return .unreadable(digits.isEmpty ? .tooShort : .withoutPlus) }
        guard let country else { return .unreadable(.noCountry) }
        return nationalPrefix(digits, country: country).map(CallerEntry.prefix) ?? .unreadable(.notInCountry(country))
    }

    /// Reads a national prefix: what is the same in whole numbers that begin with it.
    private func nationalPrefix(_ digits: String, country: String) -> PhonePrefix? {
        let found = ["1234567", "2345678", "123456", "234567", "12345678", "23456789", "12345", "23456"].compactMap {
            rest -> PhonePrefix? in
            guard let number = number(dialled: digits + rest, country: country)?.description, number.hasSuffix(rest)
            else { return nil }
            return PhonePrefix(number.dropLast(rest.count))
        }
        guard let first = found.first, found.count > 1, found.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// Reads a range; `nil` where the text is one number that is written with a dash.
    private func range(_ ends: RangeEnds, country: String?) -> CallerEntry? {
        guard let first = end(ends.first, country: country) else { return nil }
        if ends.isLastWhole {
            guard let last = end(ends.last, country: country) else { return .unreadable(.badRange) }
            return PhoneRange(first: first, last: last).map(CallerEntry.range) ?? .unreadable(.badRange)
        }
        let kept = first.description.dropLast(ends.last.count)
        let range = PhoneNumber(kept + ends.last).flatMap { PhoneRange(first: first, last: $0) }
        let whole = end(ends.first + ends.last, country: country)
        // Without separators in the first number a dash is a range; with them only if it cannot be part of the number.
        // After a national number it may also be an extension.
        let isPlainRange = ends.isCompact && ends.first.hasPrefix("+") && isValid(first) && range != nil
        if whole.map(isValid) == true, !isPlainRange { return nil }
        if let range { return .range(range) }
        return ends.isCompact && isValid(first) ? .unreadable(.badRange) : nil
    }

    /// One end of a range as a number.
    private func end(_ digits: String, country: String?) -> PhoneNumber? {
        digits.hasPrefix("+")
            ? PhoneNumber(TrunkPrefix.withoutZero(digits)) : number(dialled: digits, country: country)
    }
}

/// A text with a dash that may separate the ends of a range.
private struct RangeEnds {
    /// Both without separators; the last may be the last digits only.
    let first: String
    let last: String
    /// Whether the first number is written without separators, and the last directly after its dash.
    let isCompact: Bool

    /// Whether the last is a whole number.
    var isLastWhole: Bool { last.hasPrefix("+") || last.hasPrefix("0") && last.count == first.count }

    init?(_ plain: String) {
        guard plain.hasPrefix("+") || plain.hasPrefix("0"), let (head, tail) = Self.split(plain) else { return nil }
        first = head.filter { $0.isDigit || $0 == "+" }
        last = tail.filter { $0.isDigit || $0 == "+" }
        isCompact = first.count == head.count && last.count == tail.count
        guard last.contains(where: \.isDigit), last.count < first.count || isLastWhole,
            (head + tail).allSatisfy({ $0.isDigit || " -.()/+".contains($0) })
        else { return nil }
    }

    private static func split(_ text: String) -> (Substring, Substring)? {
        if let dots = text.firstRange(of: "..") { return (text[..<dots.lowerBound], text[dots.upperBound...]) }
        if let plus = text.dropFirst().firstIndex(of: "+"), let dash = text[..<plus].lastIndex(of: "-"),
            text[text.index(after: dash)..<plus].allSatisfy({ $0 == " " })
        {
            return (text[..<dash], text[plus...])
        }
        guard let dash = text.lastIndex(of: "-") else { return nil }
        return (text[..<dash], text[text.index(after: dash)...])
    }
}
