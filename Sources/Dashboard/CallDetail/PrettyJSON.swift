// SPDX-License-Identifier: Apache-2.0

/// Lays JSON out, one member a line; every token stays as it was written.
///
/// Pure and strict (RFC 8259): what is no JSON gives `nil`, so that the screen can say so.
struct PrettyJSON {
    private let bytes: [UInt8]
    private var index = 0
    private var lines: [String] = []
    private var line: [UInt8] = []
    private var depth = 0

    /// Deeper nesting is shown as it came.
    private static let deepest = 64

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Returns the lines of a document, or `nil` when it is not JSON.
    static func lines(_ bytes: [UInt8]) -> [String]? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var writer = PrettyJSON(bytes)
        writer.skipBlanks()
        guard writer.value() else { return nil }
        writer.skipBlanks()
        guard writer.index == bytes.count else { return nil }
        writer.breakLine()
        return writer.lines
    }

    private mutating func value() -> Bool {
        switch peek {
        case UInt8(ascii: "{"): container(close: UInt8(ascii: "}")) { $0.member() }
        case UInt8(ascii: "["): container(close: UInt8(ascii: "]")) { $0.value() }
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "t"): word("true")
        case UInt8(ascii: "f"): word("false")
        case UInt8(ascii: "n"): word("null")
        default: number()
        }
    }

    private mutating func container(close: UInt8, item: (inout PrettyJSON) -> Bool) -> Bool {
        guard depth < Self.deepest else { return false }
        take()
        skipBlanks()
        if peek == close {
            take()
            return true
        }
        depth += 1
        breakLine()
        while true {
            guard item(&self) else { return false }
            skipBlanks()
            if peek == close { break }
            guard peek == UInt8(ascii: ",") else { return false }
            take()
            breakLine()
            skipBlanks()
        }
        depth -= 1
        breakLine()
        take()
        return true
    }

    private mutating func member() -> Bool {
        guard peek == UInt8(ascii: "\""), string() else { return false }
        skipBlanks()
        guard peek == UInt8(ascii: ":") else { return false }
        take()
        line.append(UInt8(ascii: " "))
        skipBlanks()
        return value()
    }
}

extension PrettyJSON {
    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take() {
        line.append(bytes[index])
        index += 1
    }

    private mutating func breakLine() {
        if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
        line = Array(repeating: UInt8(ascii: " "), count: depth * 2)
    }

    private mutating func skipBlanks() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
    }

    private mutating func word(_ word: String) -> Bool {
        guard bytes[index...].starts(with: word.utf8) else { return false }
        for _ in word.utf8 { take() }
        return true
    }

    private mutating func string() -> Bool {
        take()
        while let byte = peek {
            guard byte >= 0x20 else { return false }
            take()
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\"), !escape() { return false }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard let letter = peek else { return false }
        take()
        guard letter == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(letter) }
        for _ in 0..<4 {
            guard let digit = peek, Character(Unicode.Scalar(digit)).isHexDigit else { return false }
            take()
        }
        return true
    }

    /// An optional sign, digits without a leading zero, then a fraction and an exponent if there are any.
    private mutating func number() -> Bool {
        if peek == UInt8(ascii: "-") { take() }
        let isZero = peek == UInt8(ascii: "0")
        let whole = digits()
        guard whole == 1 || (whole > 1 && !isZero) else { return false }
        if peek == UInt8(ascii: ".") {
            take()
            guard digits() > 0 else { return false }
        }
        guard let letter = peek, letter | 0x20 == UInt8(ascii: "e") else { return true }
        take()
        if let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { take() }
        return digits() > 0
    }

    private mutating func digits() -> Int {
        var count = 0
        while let byte = peek, UInt8(ascii: "0") <= byte, byte <= UInt8(ascii: "9") {
            take()
            count += 1
        }
        return count
    }
}
