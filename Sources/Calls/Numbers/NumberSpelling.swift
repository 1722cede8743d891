// SPDX-License-Identifier: Apache-2.0

/// A text that names a number, taken apart: URIs, display names, invisible characters and extensions are gone.
///
/// It knows nothing of countries: `NumberingPlan` makes a number of the digits.
struct NumberSpelling: Equatable {
    enum Content: Equatable {
        /// ASCII digits as dialled, with a leading plus sign in an international number.
        case dialled(String)
        /// A text without any digit, in lower case.
        case word(String)
        case empty
        case unreadable(UnreadableNumber)
    }

    let content: Content
    /// The name before a URI in angle brackets, in lower case.
    private(set) var displayName: String?

    /// Longer texts are not taken apart.
    private static let longest = 256

    init(_ text: String) {
        guard text.utf8.count <= Self.longest else {
            content = .unreadable(.tooLong)
            return
        }
        var address = Address(CharacterForms.plain(text))
        displayName = address.takeDisplayName()
        content = Self.content(of: address.number())
    }

    private static func content(of number: Address.Number) -> Content {
        switch number {
        case .anonymous: .word("anonymous")
        case .text(let text, let context): content(of: text, context: context)
        case .host: .unreadable(.letters)
        }
    }

    private static func content(of text: String, context: String?) -> Content {
        guard !text.isEmpty else { return .empty }
        guard text.contains(where: \.isDigit) else { return .word(text.lowercased()) }
        if Spreadsheet.isRounded(text) { return .unreadable(.rounded) }
        var scan = DigitScan(Spreadsheet.withoutDecimals(Spreadsheet.withoutThousands(text)))
        guard let digits = scan.digits() else { return .unreadable(scan.problem) }
        guard let context, !digits.hasPrefix("+"), context.hasPrefix("+") else { return .dialled(digits) }
        return .dialled("+" + context.filter(\.isDigit) + digits)
    }
}

extension Character {
    /// Whether it is one of the ten ASCII digits.
    package var isDigit: Bool { utf8.count == 1 && ("0"..."9").contains(self) }
}

/// The forms in which the characters of a number come: they are replaced by those of ASCII.
package enum CharacterForms {
    /// Replaces digits, dashes, spaces and quotation marks of all scripts, and drops what cannot be seen.
    package static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { if let scalar = Self.plain(scalar) { plain.append(scalar) } }
        return String(String(plain).trimmed)
    }

    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar.isASCII { return ["\t", "\n", "\r", "\u{0B}", "\u{0C}"].contains(scalar) ? " " : scalar }
        if let digit = scalar.properties.numericValue, scalar.properties.numericType == .decimal {
            return Unicode.Scalar(UInt8(ascii: "0") + UInt8(digit))
        }
        switch scalar {
        // The full-width forms of ASCII.
        case "\u{FF01}"..."\u{FF5E}": return Unicode.Scalar(scalar.value - 0xFEE0)
        case "\u{FE62}": return "+"
        case "\u{2212}", "\u{30FC}": return "-"
        case "\u{B7}", "\u{2219}", "\u{22C5}", "\u{30FB}": return "."
        case "\u{2018}", "\u{2019}", "\u{201B}": return "'"
        case "\u{201C}", "\u{201D}", "\u{201E}": return "\""
        // Variation selectors and the blank letters of Hangul.
        case "\u{FE00}"..."\u{FE0F}", "\u{115F}", "\u{1160}", "\u{3164}", "\u{FFA0}": return nil
        default: break
        }
        switch scalar.properties.generalCategory {
        case .format, .control: return nil
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: return " "
        case .dashPunctuation: return "-"
        default: return scalar
        }
    }
}

/// What spreadsheets make of numbers.
enum Spreadsheet {
    /// Whether it is a power of ten, such as `3.16123E+10`.
    static func isRounded(_ text: String) -> Bool {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let mantissa = parts[0].drop { "+-'".contains($0) }
        let exponent = parts[1].drop { $0 == "+" }
        return (1...3).contains(exponent.count) && exponent.allSatisfy(\.isDigit) && !mantissa.isEmpty
            && mantissa.allSatisfy { $0.isDigit || $0 == "." || $0 == "," }
    }

    /// Drops the commas of an integer that was written with them, such as `31,612,345,678`.
    static func withoutThousands(_ text: String) -> String {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 2, let last = groups.last, let head = groups.first?.drop(while: { $0 == "+" }),
            (1...3).contains(head.count), head.allSatisfy(\.isDigit),
            groups.dropFirst().dropLast().allSatisfy({ $0.count == 3 && $0.allSatisfy(\.isDigit) })
        else { return text }
        let whole = last.prefix { $0.isDigit }
        guard whole.count == 3, [".00", ".0", ""].contains(last.dropFirst(3)) else { return text }
        return groups.dropLast().joined() + whole
    }

    /// Drops the decimals of an integer that was written as one with a fraction, such as `31612345678.0`.
    static func withoutDecimals(_ text: String) -> String {
        guard let point = text.firstIndex(where: { $0 == "." || $0 == "," }) else { return text }
        let whole = text[..<point]
        let decimals = text[text.index(after: point)...]
        guard whole.count >= 7, whole.allSatisfy(\.isDigit), ["0", "00"].contains(decimals) else { return text }
        return String(whole)
    }
}

/// Takes the digits out of a spelling that contains at least one.
private struct DigitScan {
    private let text: String
    /// Why there are no digits.
    private(set) var problem = UnreadableNumber.symbols

    init(_ text: String) {
        self.text = text
    }

    /// Fewer digits than this in front of an extension are not a number.
    private static let fewestBeforeExtension = 5
    private static let mostInExtension = 8

    /// Returns the digits, with a plus sign where there is one.
    mutating func digits() -> String? {
        var digits = ""
        for (place, character) in zip(text.indices, text) {
            switch character {
            case _ where character.isDigit: digits.append(character)
            case "+" where digits.isEmpty || digits == "+": digits = "+"
            case " ", "-", ".", "/", "(", ")", "[", "]", "'", "\"", "_": continue
            default:
                guard digits.count >= Self.fewestBeforeExtension, isExtension(text[place...]) else {
                    return fail(at: text[place...], after: digits)
                }
                return finished(digits)
            }
        }
        return finished(digits)
    }

    private mutating func fail(at rest: Substring, after digits: String) -> String? {
        if rest.first?.isLetter == true {
            problem = .letters
        } else if let next = rest.first, "+,;|:".contains(next), rest.count(where: \.isDigit) > 5, digits.count > 5 {
            problem = .several
        } else if rest.contains(where: \.isLetter) {
            problem = .letters
        } else if rest == "*" {
            problem = .prefix
        }
        return nil
    }

    /// No country code begins with 0: +0031 means 0031, and +06 means 06.
    private mutating func finished(_ digits: String) -> String? {
        guard digits.hasPrefix("+0") else { return digits == "+" ? nil : digits }
        return String(digits.dropFirst())
    }

    /// Whether the rest is an extension, or keys that are pressed once the call is up.
    private func isExtension(_ rest: Substring) -> Bool {
        let marker = rest.prefix { !$0.isDigit }
        let number = rest.dropFirst(marker.count)
        let digits = number.prefix { $0.isDigit }
        guard number.dropFirst(digits.count).allSatisfy({ $0 == ")" || $0 == "#" || $0 == " " }) else { return false }
        let word = marker.lowercased().filter { !" .:=-".contains($0) }
        if word == "#" { return digits.count <= Self.mostInExtension }
        // An export writes the marker although there is no extension.
        if number.isEmpty { return Self.markers.contains(word) }
        guard (1...Self.mostInExtension).contains(digits.count) else { return false }
        if word.allSatisfy({ ",;pw".contains($0) }) { return digits.count <= 5 }
        return Self.markers.contains(word)
    }

    private static let markers: Set<String> = [
        "x", "xt", "ext", "extn", "extension", "extensión", "ramal", "anexo", "int", "interno", "poste", "toestel",
        "tst",
        "dw", "durchwahl", "nst", "klappe", "доб", "wewn", "linka", ";ext", ";isub", ",ext", "#ext", "~",
    ]
}
