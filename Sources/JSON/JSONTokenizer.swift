// SPDX-License-Identifier: Apache-2.0

/// Splits JSON text into tokens and checks its grammar (RFC 8259): the only one who knows it here.
///
/// It works on bytes and does not check that they are UTF-8. Ask for tokens until there are none: only then is the text known
/// to be one whole value.
package struct JSONTokenizer {
    /// Deeper than any configuration, shallow enough for any stack.
    package static let deepest = 64

    private let bytes: [UInt8]
    private var at = 0
    /// The open containers, outermost first; `true` for an object.
    private var containers: [Bool] = []
    private var position = Position.start

    private enum Position {
        case start
        /// After `{` or `[`.
        case opened
        case afterValue
    }

    /// A value, the start of one, or the end of a container.
    package struct Token: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case objectStart, objectEnd, arrayStart, arrayEnd
            case string, number, `true`, `false`, null
        }

        package let kind: Kind
        /// Where it is in the bytes; a string with its quotes.
        package let range: Range<Int>
        /// Where its key is, with quotes, if it is a value of an object.
        package let key: Range<Int>?

        /// Whether this ends a container.
        package var isEnd: Bool { kind == .objectEnd || kind == .arrayEnd }
    }

    /// The text is not JSON, or nested too deeply.
    package struct SyntaxError: Error, Hashable, Sendable {
        /// The first byte that does not fit, or the number of bytes where some are missing.
        package let offset: Int
        /// Whether a whole value ends before it.
        package let isAfterEnd: Bool
    }

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Returns the next token; `nil` at the end of the text.
    package mutating func next() throws(SyntaxError) -> Token? {
        skipSpace()
        guard let isObject = containers.last else {
            if position == .start { return try value(key: nil) }
            guard at == bytes.count else { throw SyntaxError(offset: at, isAfterEnd: true) }
            return nil
        }
        let start = at
        if take(isObject ? "}" : "]") {
            containers.removeLast()
            position = .afterValue
            return Token(kind: isObject ? .objectEnd : .arrayEnd, range: start..<at, key: nil)
        }
        if position == .afterValue {
            try require(",")
            skipSpace()
        }
        return try value(key: isObject ? key() : nil)
    }

    private var problem: SyntaxError { SyntaxError(offset: at, isAfterEnd: false) }

    private mutating func key() throws(SyntaxError) -> Range<Int> {
        let key = try string()
        skipSpace()
        try require(":")
        skipSpace()
        return key
    }

    private mutating func value(key: Range<Int>?) throws(SyntaxError) -> Token {
        guard containers.count < Self.deepest, at < bytes.count else { throw problem }
        let start = at
        let kind = try kind(of: bytes[at])
        return Token(kind: kind, range: start..<at, key: key)
    }

    private mutating func kind(of first: UInt8) throws(SyntaxError) -> Token.Kind {
        position = .afterValue
        switch first {
        case UInt8(ascii: "{"):
            open(isObject: true)
            return .objectStart
        case UInt8(ascii: "["):
            open(isObject: false)
            return .arrayStart
        case UInt8(ascii: "\""):
            _ = try string()
            return .string
        case UInt8(ascii: "t"):
            try word("true")
            return .true
        case UInt8(ascii: "f"):
            try word("false")
            return .false
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default:
            try number()
            return .number
        }
    }

    private mutating func open(isObject: Bool) {
        at += 1
        containers.append(isObject)
        position = .opened
    }
}

extension JSONTokenizer {
    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }

    /// Skips a character, if it is the next one.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func require(_ character: Unicode.Scalar) throws(SyntaxError) {
        guard take(character) else { throw problem }
    }

    private mutating func word(_ word: StaticString) throws(SyntaxError) {
        let text = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[at...].starts(with: text) else { throw problem }
        at += text.count
    }

    /// Reads a string with its quotes and returns where it is.
    private mutating func string() throws(SyntaxError) -> Range<Int> {
        let start = at
        try require("\"")
        while at < bytes.count, bytes[at] >= 0x20 {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return start..<at }
            if byte == UInt8(ascii: "\\") { try escape() }
        }
        throw problem
    }

    private mutating func escape() throws(SyntaxError) {
        guard at < bytes.count else { throw problem }
        let letter = bytes[at]
        at += 1
        switch letter {
        case UInt8(ascii: "u"):
            let digits = bytes[at...].prefix(4)
            guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                throw problem
            }
            at += 4
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            break
        default: throw problem
        }
    }

    /// Reads an optional sign, digits without a leading zero, then a fraction and an exponent if there are any.
    private mutating func number() throws(SyntaxError) {
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            try digits()
        }
    }

    /// Reads one digit or more.
    private mutating func digits() throws(SyntaxError) {
        let start = at
        while at < bytes.count, UInt8(ascii: "0") <= bytes[at], bytes[at] <= UInt8(ascii: "9") { at += 1 }
        guard at > start else { throw problem }
    }
}
