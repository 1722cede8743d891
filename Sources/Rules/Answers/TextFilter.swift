// SPDX-License-Identifier: Apache-2.0

/// What `{{contact.name:first}}` does to a value.
package enum TextFilter: String, Hashable, Sendable, CaseIterable {
    /// The first word.
    case first
    /// The last word.
    case last
    /// In upper case.
    case upper
    /// In lower case.
    case lower
    /// The digits one by one, so that a voice does not read a number as millions.
    case digits

    func apply(to text: String) -> String {
        switch self {
        case .first: Self.word(text.split(whereSeparator: \.isWhitespace).first)
        case .last: Self.word(text.split(whereSeparator: \.isWhitespace).last)
        case .upper: text.uppercased()
        case .lower: text.lowercased()
        case .digits: text.compactMap { $0.wholeNumberValue.flatMap(Self.digit) }.joined(separator: " ")
        }
    }

    /// A word without the comma of `Vries, Jan`.
    private static func word(_ word: Substring?) -> String {
        var word = word ?? ""
        while let end = word.last, end == "," || end == ";" { word.removeLast() }
        return String(word)
    }

    private static func digit(_ value: Int) -> String? { value < 10 ? String(value) : nil }
}

extension [TextFilter] {
    func apply(to text: String) -> String { reduce(text) { $1.apply(to: $0) } }
}

/// Percent-encoding for a value inside a URL.
enum URLText {
    /// Encodes everything but what RFC 3986 calls unreserved.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
