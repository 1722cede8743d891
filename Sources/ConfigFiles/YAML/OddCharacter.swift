// SPDX-License-Identifier: Apache-2.0

/// A character that people cannot see or take for another one, and that YAML takes as it is.
struct OddCharacter {
    let scalar: Unicode.Scalar
    /// The line, counted from 1.
    let line: Int
    /// The column in scalars, counted from 1.
    let column: Int

    /// What it is and what to do.
    var advice: String { Self.advice(scalar) }

    static func advice(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let name = name(of: scalar)
        return switch kind(of: scalar) {
        case .space: "\(code), a \(name), is part of the text here; replace it by a space"
        case .quote: "\(code), a \(name), is part of the text here; use a straight quote \" or '"
        case .invisible, .control, nil: "\(code), a \(name), is part of the text here; remove it"
        }
    }

    enum Kind {
        /// Looks like a space.
        case space
        /// Cannot be seen.
        case invisible
        /// A control character other than tabs and line breaks.
        case control
        /// A typographic quotation mark.
        case quote
    }

    static func kind(of scalar: Unicode.Scalar) -> Kind? {
        switch scalar.value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .space
        case 0...8, 0xB, 0xC, 0xE...0x1F, 0x7F...0x9F: .control
        case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: .invisible
        case 0x2018...0x201F, 0xAB, 0xBB, 0x2039, 0x203A: .quote
        default: nil
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F: "control character"
        case 0xA0: "no-break space"
        case 0x202F: "narrow no-break space"
        case 0x3000: "full-width space"
        case 0x2009: "thin space"
        case 0xAD: "soft hyphen"
        case 0x200B: "zero-width space"
        case 0x2060: "word joiner"
        case 0xFEFF: "byte order mark"
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: "mark of the writing direction"
        case 0x2018...0x201F, 0xAB, 0xBB, 0x2039, 0x203A: "curly quote"
        default: "space of another width"
        }
    }
}

// Where YAML cannot be read.
extension OddCharacter {
    /// How many lines before a syntax error are searched: YAML reports it where it can no longer go on.
    private static let searchedLines = 20

    /// Returns the characters that most likely are the cause of a syntax error, at most one for each line.
    static func causes(ofErrorOnLine errorLine: Int, in text: String) -> [OddCharacter] {
        let lines = SourceText.lines(of: text)
        let last = min(errorLine, lines.count)
        guard last >= 1 else { return [] }
        let found = (max(1, last - searchedLines)...last).compactMap { structural(lines[$0 - 1], line: $0) }
        if !found.isEmpty { return found }
        // An opening straight quote that a curly one was to close runs to the end of the file.
        return (1...last).reversed().lazy.compactMap { closing(lines[$0 - 1], line: $0) }.first.map { [$0] } ?? []
    }

    /// Finds an odd character outside of straight quotes and comments.
    private static func structural(_ line: [Unicode.Scalar], line number: Int) -> OddCharacter? {
        var quote: Unicode.Scalar?
        var previous: Unicode.Scalar = " "
        for (index, scalar) in line.enumerated() {
            defer { previous = scalar }
            if let open = quote {
                if scalar == open { quote = nil }
                continue
            }
            let beginsToken = " [{,:-".unicodeScalars.contains(previous)
            if beginsToken, scalar == "\"" || scalar == "'" { quote = scalar }
            if scalar == "#", previous == " " { return nil }
            switch kind(of: scalar) {
            case .space, .invisible, .control: return OddCharacter(scalar: scalar, line: number, column: index + 1)
            case .quote where beginsToken: return OddCharacter(scalar: scalar, line: number, column: index + 1)
            case .quote, nil: break
            }
        }
        return nil
    }

    /// Finds a curly quote that ends a value.
    private static func closing(_ line: [Unicode.Scalar], line number: Int) -> OddCharacter? {
        for (index, scalar) in line.enumerated() where kind(of: scalar) == .quote {
            let next = line[(index + 1)...].first { $0 != " " && $0 != "\r" }
            if next == nil || next.map({ ",]}#".unicodeScalars.contains($0) }) == true {
                return OddCharacter(scalar: scalar, line: number, column: index + 1)
            }
        }
        return nil
    }
}

// Where YAML can be read.
extension OddCharacter {
    /// Finds the first odd character of a value or key that most likely is a mistake, and its place in the text.
    static func mistake(in text: String, isKey: Bool, isPlain: Bool) -> (scalar: Unicode.Scalar, offset: Int)? {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }), !isNumber(text) else { return nil }
        let scalars = Array(text.unicodeScalars)
        let isRightToLeft = scalars.contains { (0x590...0x8FF).contains($0.value) }
        for (offset, scalar) in scalars.enumerated() {
            switch kind(of: scalar) {
            case .invisible where !isRightToLeft: return (scalar, offset)
            case .space where isKey || isPlain && isStructural(offset, of: scalars): return (scalar, offset)
            case .quote where isPlain && offset == 0: return (scalar, offset)
            case .space, .invisible, .control, .quote, nil: break
            }
        }
        return nil
    }

    /// The first control character of a text, which only an escape such as `\0` can bring into it.
    static func control(in text: String) -> Unicode.Scalar? {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return nil }
        return text.unicodeScalars.first { kind(of: $0) == .control }
    }

    /// Whether a space is at an end of the text, or where a key or a list item would have one.
    private static func isStructural(_ offset: Int, of scalars: [Unicode.Scalar]) -> Bool {
        offset == 0 || offset == scalars.count - 1 || scalars[offset - 1] == ":" || offset == 1 && scalars[0] == "-"
    }

    /// Whether the text is a phone number, in which such characters are passed over.
    private static func isNumber(_ text: String) -> Bool {
        var digits = 0
        for scalar in text.unicodeScalars where kind(of: scalar) == nil {
            switch scalar {
            case "0"..."9": digits += 1
            case "+", "-", "(", ")", ".", "/", " ", "*", "\u{2010}"..."\u{2015}": break
            default: return false
            }
        }
        return digits > 2
    }
}
