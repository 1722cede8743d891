// SPDX-License-Identifier: Apache-2.0

import Calls

/// Values that a contact's attribute may have; `nil` is the value of an attribute that is missing.
package enum ContactValues: ValueSet, Sendable {
    /// In lower case: contacts are compared without regard to case.
    case oneOf(Set<String>)
    case present
    case absent
    /// Values that are numbers within these bounds.
    case numbers(NumberRange)

    package func contains(_ value: String?) -> Bool { truth(for: value) == .holds }

    /// A value as it is compared: case does not count, and neither do zeros at the end of a decimal number, so that 1.50
    /// and 1.5 are one value.
    package static func key(_ value: some StringProtocol) -> String {
        let text = value.lowercased()
        guard text.utf8.last == UInt8(ascii: "0"), text.utf8.contains(UInt8(ascii: ".")) else { return text }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0].hasPrefix("-") ? parts[0].dropFirst() : parts[0]
        guard parts.count == 2, isDigits(whole), isDigits(parts[1]) else { return text }
        let fraction = parts[1].prefix(
            upTo: parts[1].lastIndex { $0 != "0" }.map { parts[1].index(after: $0) } ?? parts[1].startIndex)
        return fraction.isEmpty ? String(parts[0]) : "\(parts[0]).\(fraction)"
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether the value is one of these; undetermined where a number is asked for and the value is not one.
    func truth(for value: String?) -> Truth {
        switch self {
        case .oneOf(let wanted): return Truth(value.map { wanted.contains(Self.key($0)) } ?? false)
        case .present: return Truth(value != nil)
        case .absent: return Truth(value == nil)
        case .numbers(let range):
            guard let value else { return .fails }
            return DecimalText.number(in: value).map { Truth(range.contains($0)) } ?? .undetermined
        }
    }

    package func isSubset(of other: ContactValues) -> Bool {
        switch (self, other) {
        case (.oneOf(let narrow), .oneOf(let wide)): narrow.isSubset(of: wide)
        case (.oneOf(let narrow), .numbers): narrow.allSatisfy { other.contains($0) }
        case (.numbers(let narrow), .numbers(let wide)): narrow.isWithin(wide)
        case (.oneOf, .present), (.numbers, .present), (.present, .present), (.absent, .absent): true
        case (.oneOf, .absent), (.present, .absent), (.numbers, .absent), (.present, .oneOf), (.absent, .present),
            (.absent, .oneOf), (.numbers, .oneOf), (.present, .numbers), (.absent, .numbers):
            false
        }
    }

    package func isDisjoint(with other: ContactValues) -> Bool {
        switch (self, other) {
        case (.oneOf(let some), .oneOf(let others)): some.isDisjoint(with: others)
        case (.oneOf(let texts), .numbers): !texts.contains { other.contains($0) }
        case (.numbers, .oneOf(let texts)): !texts.contains { contains($0) }
        case (.numbers(let some), .numbers(let others)): !some.overlaps(others)
        case (.absent, .oneOf), (.absent, .present), (.absent, .numbers), (.oneOf, .absent), (.present, .absent),
            (.numbers, .absent):
            true
        case (.oneOf, .present), (.present, .oneOf), (.present, .present), (.absent, .absent), (.numbers, .present),
            (.present, .numbers):
            false
        }
    }

    /// Whether knowing that a value is among these settles whether it is among the others.
    func determine(_ others: ContactValues) -> Bool {
        guard case .numbers = others else { return true }
        return switch self {
        // No number is out of question only where every value is one.
        case .oneOf(let texts): texts.allSatisfy { DecimalText.number(in: $0) != nil }
        case .present: false
        case .absent, .numbers: true
        }
    }

    package var singles: [ContactValues] {
        switch self {
        case .oneOf(let values): values.singles.map { .oneOf($0) }
        case .present, .absent, .numbers: []
        }
    }
}

/// Numbers between two bounds, each of which may be missing.
package struct NumberRange: Equatable, Sendable {
    /// A bound, and whether the bound itself is within.
    package struct Bound: Equatable, Sendable {
        let number: Double
        let isWithin: Bool

        package init(_ number: Double, isWithin: Bool) {
            self.number = number
            self.isWithin = isWithin
        }
    }

    let lower: Bound?
    let upper: Bound?

    package init(from lower: Bound?, to upper: Bound?) {
        self.lower = lower
        self.upper = upper
    }

    package static func moreThan(_ number: Double) -> NumberRange {
        NumberRange(from: Bound(number, isWithin: false), to: nil)
    }

    package static func lessThan(_ number: Double) -> NumberRange {
        NumberRange(from: nil, to: Bound(number, isWithin: false))
    }

    package static func between(_ lower: Double, _ upper: Double) -> NumberRange {
        NumberRange(from: Bound(lower, isWithin: true), to: Bound(upper, isWithin: true))
    }

    /// Whether no number is within.
    package var isEmpty: Bool {
        guard let lower, let upper else { return false }
        return lower.number > upper.number || lower.number == upper.number && !(lower.isWithin && upper.isWithin)
    }

    func contains(_ number: Double) -> Bool {
        if let lower, number < lower.number || number == lower.number && !lower.isWithin { return false }
        if let upper, number > upper.number || number == upper.number && !upper.isWithin { return false }
        return true
    }

    func isWithin(_ other: NumberRange) -> Bool { other.lowerCovers(self) && other.upperCovers(self) }

    func overlaps(_ other: NumberRange) -> Bool {
        let lower = lowerCovers(other) ? other.lower : lower
        let upper = upperCovers(other) ? other.upper : upper
        return !NumberRange(from: lower, to: upper).isEmpty
    }

    /// Whether the lower bound of the other is not below this one's.
    private func lowerCovers(_ other: NumberRange) -> Bool {
        guard let lower else { return true }
        guard let bound = other.lower else { return false }
        return bound.number > lower.number || bound.number == lower.number && (lower.isWithin || !bound.isWithin)
    }

    /// Whether the upper bound of the other is not above this one's.
    private func upperCovers(_ other: NumberRange) -> Bool {
        guard let upper else { return true }
        guard let bound = other.upper else { return false }
        return bound.number < upper.number || bound.number == upper.number && (upper.isWithin || !bound.isWithin)
    }
}

extension NumberRange: CustomStringConvertible {
    package var description: String {
        func text(_ number: Double) -> String {
            abs(number) < 1e15 && number.rounded() == number ? String(Int(number)) : String(number)
        }
        let low = lower.map { ($0.isWithin ? "at least " : "more than ") + text($0.number) }
        let high = upper.map { ($0.isWithin ? "at most " : "less than ") + text($0.number) }
        if let lower, let upper, lower.isWithin, upper.isWithin {
            return "between \(text(lower.number)) and \(text(upper.number))"
        }
        return [low, high].compactMap { $0 }.joined(separator: " and ")
    }
}

/// Numbers as contact sources write them: digits with a decimal point, perhaps a sign and an exponent.
package enum DecimalText {
    /// Returns the number; `nil` for any other text, such as `1.234,50` or `n/a`.
    package static func number(in text: some StringProtocol) -> Double? {
        let text = text.trimmed
        guard text.utf8.count <= 40, text.utf8.allSatisfy({ isPartOfNumber($0) }), let number = Double(String(text)),
            number.isFinite
        else { return nil }
        return number
    }

    /// A letter is only allowed as exponent: Swift also reads `0x10` and `nan`.
    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
    }
}
