// SPDX-License-Identifier: Apache-2.0

/// The digits by which a number is found in texts, whatever country code or zeros are in front of them.
package struct NumberTraces: Hashable, Sendable {
    /// The last nine digits, or all of a shorter number.
    package let digits: String
    /// The number in E.164 form.
    private let whole: [UInt8]

    private static let most = 9
    /// How many characters in a row may separate two digits.
    private static let widestGap = 2

    package init(of number: PhoneNumber) {
        digits = String(String(number.digits).suffix(Self.most))
        whole = Array(number.description.utf8)
    }

    /// Whether a text has the number.
    package func isIn(_ text: some Collection<UInt8>) -> Bool {
        text.withContiguousStorageIfAvailable { next(in: $0, from: 0) != nil }
            ?? Array(text).withUnsafeBufferPointer { next(in: $0, from: 0) != nil }
    }

    /// The text without the number, and how often it was there.
    ///
    /// In E.164 form it becomes the name. In other spellings its digits become zeros, so that a number in a document stays a
    /// number.
    package func replacing(_ text: [UInt8], by name: String) -> (text: [UInt8], count: Int) {
        var result: [UInt8] = []
        var (count, copied) = (0, 0)
        text.withUnsafeBufferPointer { bytes in
            var start = 0
            while let found = next(in: bytes, from: start) {
                count += 1
                if let begin = startOfWhole(found, in: bytes, from: copied) {
                    result += bytes[copied..<begin]
                    result += Array(name.utf8)
                } else {
                    result += bytes[copied..<found.lowerBound]
                    result += bytes[found].map { Self.isDigit($0) ? UInt8(ascii: "0") : $0 }
                }
                (start, copied) = (found.upperBound, found.upperBound)
            }
            if count > 0 { result += bytes[copied...] }
        }
        return count > 0 ? (result, count) : (text, 0)
    }

    /// The text without the number.
    package func replacing(_ text: String, by name: String) -> String {
        let (bytes, count) = replacing(Array(text.utf8), by: name)
        return count > 0 ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// Where the digits are next, with what people write between them.
    private func next(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        let wanted = Array(digits.utf8)
        guard let first = wanted.first else { return nil }
        var at = start
        while at + wanted.count <= text.count {
            if text[at] == first, let end = end(of: wanted, in: text, from: at), isAlone(at..<end, in: text) {
                return at..<end
            }
            at += 1
        }
        return nil
    }

    private func end(of wanted: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var (at, matched, gap) = (start, 0, 0)
        while matched < wanted.count {
            guard at < text.count else { return nil }
            if text[at] == wanted[matched] {
                (matched, gap) = (matched + 1, 0)
            } else {
                guard Self.isSeparator(text[at]), gap < Self.widestGap else { return nil }
                gap += 1
            }
            at += 1
        }
        return at
    }

    /// Whether the digits are this number, and no part of another one that is longer or has another country code.
    private func isAlone(_ found: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        if found.upperBound < text.count, Self.isDigit(text[found.upperBound]) { return false }
        var begin = found.lowerBound
        while begin > 0, Self.isDigit(text[begin - 1]) { begin -= 1 }
        let before = text[begin..<found.lowerBound]
        let code = whole.dropFirst().dropLast(digits.utf8.count)
        let isInternational = begin > 0 && text[begin - 1] == UInt8(ascii: "+")
        // Some write the zero of a national number after the country code.
        return [before, before.last == UInt8(ascii: "0") ? before.dropLast() : before].contains { before in
            if isInternational { return before.elementsEqual(code) }
            return before.allSatisfy { $0 == UInt8(ascii: "0") }
                || !code.isEmpty && before.suffix(code.count).elementsEqual(code)
        }
    }

    /// Where the number begins, if the digits are the end of its E.164 form and of nothing longer.
    private func startOfWhole(_ found: Range<Int>, in text: UnsafeBufferPointer<UInt8>, from least: Int) -> Int? {
        let begin = found.upperBound - whole.count
        guard begin >= least, text[begin..<found.upperBound].elementsEqual(whole) else { return nil }
        return found.upperBound < text.count && Self.isDigit(text[found.upperBound]) ? nil : begin
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
            UInt8(ascii: ")"):
            true
        default: false
        }
    }
}

/// A number that is to be forgotten, and the name that takes its place.
package struct ForgottenNumber: Hashable, Sendable {
    package let number: PhoneNumber
    /// The same for the same number, so that its calls can still be counted together.
    package let name: String
    private let traces: NumberTraces

    /// What every such name begins with.
    package static let prefix = "forgotten-"

    package init(_ number: PhoneNumber, name: String) {
        self.number = number
        self.name = name
        traces = NumberTraces(of: number)
    }

    package func isIn(_ text: some Collection<UInt8>) -> Bool { traces.isIn(text) }

    package func isIn(_ text: String?) -> Bool { text.map { traces.isIn(Array($0.utf8)) } ?? false }

    /// The text without the number.
    package func removed(from text: String) -> String { traces.replacing(text, by: name) }

    package func removed(from text: [UInt8]) -> [UInt8] { traces.replacing(text, by: name).text }

    /// Whether a party has the number, or the name in its place already.
    package func isMeant(_ party: Party) -> Bool { party == .number(number) || party == .unusual(name) }

    /// The party, or the name in its place.
    package func removed(from party: Party) -> Party {
        switch party {
        case .number(number): .unusual(name)
        case .unusual(let text): .unusual(removed(from: text))
        case .number, .withheld: party
        }
    }
}

extension Party {
    /// Whether the number was forgotten.
    package var isForgotten: Bool {
        if case .unusual(let text) = self { text.hasPrefix(ForgottenNumber.prefix) } else { false }
    }
}
