// SPDX-License-Identifier: Apache-2.0

/// Reads JSON into a value, with the order of its keys and the text of its numbers as they came.
///
/// The webhook decoder picks out what a webhook holds and no more; the platform echoes a whole configuration.
package struct JSONReader {
    /// Deeper than any configuration, shallow enough for any stack.
    private static let deepest = 64

    private let bytes: [UInt8]
    private var at = 0

    /// Returns the object that the bytes hold, or `nil` when they hold none.
    package static func read(_ bytes: [UInt8]) -> JSONValue? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = JSONReader(bytes: bytes)
        guard let value = reader.value(depth: 0), reader.next() == nil, case .object = value else { return nil }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte that is not white space, which stays unread.
    private mutating func next() -> UInt8? {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
        return at < bytes.count ? bytes[at] : nil
    }

    /// Reads one byte that must come next.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) -> JSONValue? {
        guard depth < Self.deepest, let first = next() else { return nil }
        switch first {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "t"): return word("true", means: .bool(true))
        case UInt8(ascii: "f"): return word("false", means: .bool(false))
        case UInt8(ascii: "n"): return word("null", means: .null)
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> JSONValue? {
        at += 1
        var members: [JSONValue.Member] = []
        if take("}") { return .object(members) }
        repeat {
            guard next() == UInt8(ascii: "\""), let key = string(), take(":"), let value = value(depth: depth + 1)
            else { return nil }
            members.append(.init(key, value))
        } while take(",")
        return take("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONValue? {
        at += 1
        var items: [JSONValue] = []
        if take("]") { return .array(items) }
        repeat {
            guard let item = value(depth: depth + 1) else { return nil }
            items.append(item)
        } while take(",")
        return take("]") ? .array(items) : nil
    }

    private mutating func word(_ word: String, means value: JSONValue) -> JSONValue? {
        guard bytes[at...].starts(with: word.utf8) else { return nil }
        at += word.utf8.count
        return value
    }
}

extension JSONReader {
    /// Reads a number by hand: a regular expression costs more than all the rest of a document.
    private mutating func number() -> JSONValue? {
        let start = at
        skip("-")
        guard skip("0") || skipDigits() else { return nil }
        if skip("."), !skipDigits() { return nil }
        if skip("e") || skip("E") {
            if !skip("+") { skip("-") }
            guard skipDigits() else { return nil }
        }
        return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    /// Goes past a character, if it is the next one.
    @discardableResult
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    /// Goes past one digit or more.
    private mutating func skipDigits() -> Bool {
        let start = at
        while at < bytes.count, UInt8(ascii: "0") <= bytes[at], bytes[at] <= UInt8(ascii: "9") { at += 1 }
        return at > start
    }

    private mutating func string() -> String? {
        at += 1
        var text = ""
        var start = at
        while at < bytes.count, bytes[at] >= 0x20 {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                text += String(decoding: bytes[start..<at], as: UTF8.self)
                at += 1
                return text
            case UInt8(ascii: "\\"):
                text += String(decoding: bytes[start..<at], as: UTF8.self)
                guard let scalar = escape() else { return nil }
                text.unicodeScalars.append(scalar)
                start = at
            default: at += 1
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard at + 1 < bytes.count else { return nil }
        let letter = Unicode.Scalar(bytes[at + 1])
        if letter == "u" { return unicodeEscape() }
        at += 2
        switch letter {
        case "\"", "\\", "/": return letter
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        default: return nil
        }
    }

    /// Reads `\uXXXX`, or two of them that make one scalar; half a pair becomes U+FFFD.
    private mutating func unicodeEscape() -> Unicode.Scalar? {
        guard let unit = codeUnit() else { return nil }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let before = at
        guard UTF16.isLeadSurrogate(unit), let trail = codeUnit(), UTF16.isTrailSurrogate(trail) else {
            at = before
            return "\u{FFFD}"
        }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func codeUnit() -> UInt16? {
        guard bytes[at...].starts(with: "\\u".utf8), at + 6 <= bytes.count else { return nil }
        let digits = bytes[at + 2..<at + 6]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        guard let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
        at += 6
        return unit
    }
}
