// SPDX-License-Identifier: Apache-2.0

/// A JSON document as a value; objects keep the order in which they were written.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number as its JSON text, so that nothing is rounded.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One key of an object with its value.
    package struct Member: Hashable, Sendable {
        package let key: String
        package let value: JSONValue

        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// A whole number.
    package static func integer(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    /// Returns the value of a key, if this is an object that has it.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The text of a string.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The document as compact UTF-8.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(self, to: &bytes)
        return bytes
    }

    /// The document as compact text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Reads JSON into a value, keeping the order of keys and the text of numbers.
///
/// The webhook decoder picks out what it needs from a webhook; this reads a whole document.
package struct JSONReader {
    private let bytes: [UInt8]
    private var tokenizer: JSONTokenizer

    /// Returns the object that the bytes contain, or `nil` if they are anything else.
    package static func read(_ bytes: [UInt8]) -> JSONValue? {
        guard case .object(let members)? = readAny(bytes) else { return nil }
        return .object(members)
    }

    /// Returns the value that the bytes contain, whatever its kind, or `nil` if they are not JSON.
    package static func readAny(_ bytes: [UInt8]) -> JSONValue? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = JSONReader(bytes: bytes, tokenizer: JSONTokenizer(bytes))
        do throws(JSONTokenizer.SyntaxError) {
            guard let value = try reader.next()?.value, try reader.next() == nil else { return nil }
            return value
        } catch {
            return nil
        }
    }

    /// Reads a value, with its key if it has one; returns `nil` at the end of a container or of the text.
    private mutating func next() throws(JSONTokenizer.SyntaxError) -> (key: String?, value: JSONValue)? {
        guard let token = try tokenizer.next() else { return nil }
        let key = token.key.map(text)
        switch token.kind {
        case .objectEnd, .arrayEnd: return nil
        case .null: return (key, .null)
        case .true: return (key, .bool(true))
        case .false: return (key, .bool(false))
        case .string: return (key, .string(text(token.range)))
        case .number: return (key, .number(String(decoding: bytes[token.range], as: UTF8.self)))
        case .objectStart:
            var members: [JSONValue.Member] = []
            while let (key, value) = try next() { members.append(.init(key ?? "", value)) }
            return (key, .object(members))
        case .arrayStart:
            var items: [JSONValue] = []
            while let (_, value) = try next() { items.append(value) }
            return (key, .array(items))
        }
    }
}

extension JSONReader {
    /// The text of a string token.
    private func text(_ range: Range<Int>) -> String {
        var rest = bytes[range].dropFirst().dropLast()
        guard rest.contains(UInt8(ascii: "\\")) else { return String(decoding: rest, as: UTF8.self) }
        var text = ""
        while let escape = rest.firstIndex(of: UInt8(ascii: "\\")) {
            text += String(decoding: rest[..<escape], as: UTF8.self)
            rest = rest[(escape + 1)...]
            text.unicodeScalars.append(Self.scalar(escapedBy: &rest))
        }
        return text + String(decoding: rest, as: UTF8.self)
    }

    /// Takes what follows a backslash; the tokenizer has checked it.
    private static func scalar(escapedBy rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        switch rest.popFirst() {
        case UInt8(ascii: "b"): "\u{8}"
        case UInt8(ascii: "f"): "\u{C}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        case UInt8(ascii: "u"): unicodeScalar(&rest)
        case let byte: Unicode.Scalar(byte ?? 0)
        }
    }

    /// Takes the digits of `\uXXXX`, or of two of them that make one scalar; half a pair becomes U+FFFD.
    private static func unicodeScalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        let unit = codeUnit(rest)
        rest = rest.dropFirst(4)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), rest.starts(with: "\\u".utf8) else { return "\u{FFFD}" }
        let trail = codeUnit(rest.dropFirst(2))
        guard UTF16.isTrailSurrogate(trail) else { return "\u{FFFD}" }
        rest = rest.dropFirst(6)
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private static func codeUnit(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        UInt16(String(decoding: bytes.prefix(4), as: UTF8.self), radix: 16) ?? 0
    }
}
