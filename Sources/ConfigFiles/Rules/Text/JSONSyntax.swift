// SPDX-License-Identifier: Apache-2.0

/// Checks JSON against RFC 8259 and says where it is wrong.
enum JSONSyntax {
    /// Returns the first problem in the text of an object; `nil` when there is none.
    static func problem(in bytes: [UInt8]) -> String? {
        var scanner = JSONScanner(bytes: bytes)
        scanner.skipSpace()
        guard scanner.next == UInt8(ascii: "{") else { return "expected {" }
        guard scanner.scanValue(depth: 0) else { return "syntax error at character \(scanner.place)" }
        scanner.skipSpace()
        return scanner.next == nil ? nil : "unexpected text after its end, at character \(scanner.place)"
    }
}

/// A position in a JSON text that moves forward.
private struct JSONScanner {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var next: UInt8? { index < bytes.count ? bytes[index] : nil }
    /// The number of the character at the position, from 1.
    var place: Int { String(decoding: bytes[..<index], as: UTF8.self).unicodeScalars.count + 1 }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    mutating func scanValue(depth: Int) -> Bool {
        guard depth < 64, let byte = next else { return false }
        switch byte {
        case UInt8(ascii: "{"): return scanList(until: UInt8(ascii: "}"), depth: depth, withKeys: true)
        case UInt8(ascii: "["): return scanList(until: UInt8(ascii: "]"), depth: depth, withKeys: false)
        case UInt8(ascii: "\""): return scanString()
        case UInt8(ascii: "t"): return take("true")
        case UInt8(ascii: "f"): return take("false")
        case UInt8(ascii: "n"): return take("null")
        default: return scanNumber()
        }
    }

    private mutating func scanList(until end: UInt8, depth: Int, withKeys: Bool) -> Bool {
        index += 1
        skipSpace()
        if take(end) { return true }
        while true {
            if withKeys {
                guard scanString() else { return false }
                skipSpace()
                guard take(UInt8(ascii: ":")) else { return false }
                skipSpace()
            }
            guard scanValue(depth: depth + 1) else { return false }
            skipSpace()
            if take(end) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
            skipSpace()
        }
    }

    private mutating func scanString() -> Bool {
        guard take(UInt8(ascii: "\"")) else { return false }
        while let byte = next, byte >= 0x20 {
            index += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\"), !scanEscape() { return false }
        }
        return false
    }

    private mutating func scanEscape() -> Bool {
        guard let byte = next else { return false }
        index += 1
        if byte != UInt8(ascii: "u") { return "\"\\/bfnrt".utf8.contains(byte) }
        let digits = bytes[index...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else {
            return false
        }
        index += 4
        return true
    }

    private mutating func scanNumber() -> Bool {
        _ = take(UInt8(ascii: "-"))
        // No digit follows a leading zero.
        guard take(UInt8(ascii: "0")) || scanDigits() else { return false }
        if take(UInt8(ascii: ".")), !scanDigits() { return false }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            return scanDigits()
        }
        return true
    }

    private mutating func scanDigits() -> Bool {
        let start = index
        while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
        return index > start
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func take(_ word: String) -> Bool {
        guard bytes[index...].starts(with: word.utf8) else { return false }
        index += word.utf8.count
        return true
    }
}
