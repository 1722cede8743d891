// SPDX-License-Identifier: Apache-2.0

/// What people and programs write of a telephone number, one character at a time: its digits, and what is between them.
///
/// A text is UTF-8, and may be inside of JSON, where characters can be escaped.
enum NumberCharacter: Hashable {
    /// A digit of any script; its last byte becomes `zero` when the digit becomes zero.
    case digit(UInt8, zero: UInt8)
    case separator

    private typealias Code = UInt32

    /// The character at a place, and how many bytes it has; `nil` for one that does not belong to a number.
    static func at(_ place: Int, in text: UnsafeBufferPointer<UInt8>) -> (character: NumberCharacter, length: Int)? {
        let byte = text[place]
        if (0x30...0x39).contains(byte) { return (.digit(byte - 0x30, zero: 0x30), 1) }
        if byte < 0x80 {
            if byte == UInt8(ascii: "\\") { return escaped(place, in: text) }
            guard byte == UInt8(ascii: ",") else { return isSeparator(byte) ? (.separator, 1) : nil }
            // Numbers of a list have no blank after the comma.
            return place + 1 < text.count && text[place + 1] == UInt8(ascii: " ") ? (.separator, 1) : nil
        }
        guard let (code, length) = decoded(place, in: text) else { return nil }
        return of(code, zeros: { 0x80 | UInt8(truncatingIfNeeded: $0 & 0x3F) }).map { ($0, length) }
    }

    /// The digit that begins at a place, with the length of its bytes; escaped ones are not looked for.
    static func digit(at place: Int, in text: UnsafeBufferPointer<UInt8>) -> (value: UInt8, zero: UInt8, length: Int)? {
        guard mayBegin(text[place]), text[place] != UInt8(ascii: "\\"),
            case (.digit(let value, let zero), let length)? = at(place, in: text)
        else { return nil }
        return (value, zero, length)
    }

    /// The character that ends before a place, if it is a digit; escaped ones are not looked for.
    static func digit(before place: Int, in text: UnsafeBufferPointer<UInt8>) -> (value: UInt8, length: Int)? {
        for length in 1...3 where length <= place {
            guard case (.digit(let value, zero: _), length)? = at(place - length, in: text) else { continue }
            return (value, length)
        }
        return nil
    }

    /// Whether a byte can begin a digit, so that most of a text is passed over quickly.
    static func mayBegin(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == 0xD9 || byte == 0xDB || byte == 0xEF || byte == UInt8(ascii: "\\")
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "_"), 0x09, 0x0A, 0x0D:
            true
        default: false
        }
    }

    /// An escape of JSON: `\n`, `\u00a0`.
    private static func escaped(
        _ place: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> (character: NumberCharacter, length: Int)? {
        guard place + 1 < text.count else { return nil }
        switch text[place + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "/"): return (.separator, 2)
        case UInt8(ascii: "u"):
            guard place + 5 < text.count else { return nil }
            let digits = String(decoding: text[(place + 2)...(place + 5)], as: UTF8.self)
            guard let code = Code(digits, radix: 16) else { return nil }
            // The zeros of all scripts end with the same hexadecimal digit.
            return of(code, zeros: { _ in UInt8(ascii: "0") }).map { ($0, 6) }
        default: return nil
        }
    }

    private static func decoded(_ place: Int, in text: UnsafeBufferPointer<UInt8>) -> (code: Code, length: Int)? {
        let lead = text[place]
        let length = lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead < 0xF0, place + length <= text.count else { return nil }
        var code = Code(lead & (length == 3 ? 0x0F : 0x1F))
        for next in text[(place + 1)..<(place + length)] {
            guard next & 0xC0 == 0x80 else { return nil }
            code = code << 6 | Code(next & 0x3F)
        }
        return (code, length)
    }

    /// A character outside of ASCII.
    private static func of(_ code: Code, zeros: (Code) -> UInt8) -> NumberCharacter? {
        // Arabic, Persian, and full width.
        for zero: Code in [0x0660, 0x06F0, 0xFF10] where code >= zero && code <= zero + 9 {
            return .digit(UInt8(code - zero), zero: zeros(zero))
        }
        switch code {
        // Blanks without a break, of any width or of none, dashes, and the full-width forms of some separators.
        case 0x00A0, 0x00AD, 0x2000...0x200D, 0x2010...0x2015, 0x202F, 0x205F, 0x2060, 0x2212, 0x3000, 0xFE0E, 0xFE0F,
            0xFEFF, 0xFF08, 0xFF09, 0xFF0D, 0xFF0E, 0xFF0F:
            return .separator
        default: return nil
        }
    }
}
