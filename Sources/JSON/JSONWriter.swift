// SPDX-License-Identifier: Apache-2.0

/// Writes JSON as RFC 8259 has it.
package enum JSONWriter {
    /// Appends a document without white space.
    package static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): append(string: text, to: &bytes)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(item, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(string: member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends a number, with zeros before it if it has fewer digits.
    package static func append(_ number: UInt64, digits least: Int = 1, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(least, mostDigits)) { text in
            var (start, rest) = (text.count, number)
            repeat {
                start -= 1
                text[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0 || text.count - start < least
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
    }

    /// How many digits a `UInt64` has at most.
    private static let mostDigits = 20

    /// Appends a string with its quotes.
    package static func append(string text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        append(escaping: text, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends the inside of a string.
    ///
    /// Escaped are quotes, backslashes, and everything that could steer the terminal of somebody who looks at the JSON:
    /// C0 and C1 controls, line separators, bidirectional controls and the byte order mark.
    package static func append(escaping text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            // Most texts need no escape and are copied in one piece.
            if isPlain(utf8) {
                bytes.append(contentsOf: utf8)
            } else {
                for scalar in Substring(decoding: utf8, as: UTF8.self).unicodeScalars { append(scalar, to: &bytes) }
            }
        }
    }

    /// Whether no byte can belong to a character that needs an escape; what may need one beyond ASCII begins with one of
    /// four bytes.
    private static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        let bytes = UnsafeRawBufferPointer(utf8)
        var start = 0
        while start + 8 <= bytes.count,
            isPlainASCII(bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        {
            start += 8
        }
        return utf8[start...].allSatisfy { byte in
            switch byte {
            case 0..<0x20, 0x22, 0x5C, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF: false
            default: true
            }
        }
    }

    /// Looks at eight bytes at once: whether each is ASCII, printable, and neither a quote nor a backslash.
    private static func isPlainASCII(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones &* 0x80
        // A byte that is zero, or less than what is taken from it, borrows from its top bit.
        let controls = (word &- ones &* 0x20) & ~word
        let quotes = word ^ ones &* 0x22
        let backslashes = word ^ ones &* 0x5C
        let found =
            word | (word &+ ones) | controls | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        return found & tops == 0
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar.value {
        case 0x22: bytes.append(contentsOf: "\\\"".utf8)
        case 0x5C: bytes.append(contentsOf: "\\\\".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
            bytes.append(contentsOf: "\\u".utf8)
            for shift in [12, 8, 4, 0] { bytes.append(hexDigit(UInt8(truncatingIfNeeded: scalar.value >> shift) & 15)) }
        default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

/// A finished JSON document.
package struct JSONDocument: Hashable, Sendable {
    /// Compact UTF-8.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}
