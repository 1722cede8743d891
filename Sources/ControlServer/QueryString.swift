// SPDX-License-Identifier: Apache-2.0

/// Reads what URLs escape.
enum QueryString {
    /// Reads `name=value&name=value` as HTML forms write it, in its order.
    static func read(_ query: some StringProtocol) -> [(name: String, value: String)] {
        query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            return (unescaped(name, plusIsSpace: true), unescaped(pair.dropFirst(name.count + 1), plusIsSpace: true))
        }
    }

    /// Reads `%` escapes.
    ///
    /// What is no escape stays as it is, and what is no UTF-8 becomes the replacement character.
    static func unescaped(_ text: some Collection<UInt8>, plusIsSpace: Bool = false) -> String {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(digit),
                let low = rest.dropFirst().first.flatMap(digit)
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
