// SPDX-License-Identifier: Apache-2.0

/// The digits by which a number is found in texts, whatever country code or zeros are in front of them.
package struct NumberTraces: Hashable, Sendable {
    /// The last nine digits, or all of a shorter number.
    package let digits: String
    /// The number in E.164 form.
    private let whole: [UInt8]
    /// The values of the digits that are looked for, and of those in front of them.
    private let wanted: [UInt8]
    private let code: [UInt8]

    private static let most = 9
    /// How many characters in a row may separate two digits.
    private static let widestGap = 4

    package init(of number: PhoneNumber) {
        digits = String(String(number.digits).suffix(Self.most))
        whole = Array(number.description.utf8)
        wanted = digits.utf8.map { $0 - UInt8(ascii: "0") }
        code = whole.dropFirst().dropLast(wanted.count).map { $0 - UInt8(ascii: "0") }
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
                    result += Self.blanked(bytes, in: found)
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
        var at = start
        while at < text.count {
            if NumberCharacter.mayBegin(text[at]), let end = end(in: text, from: at), isAlone(at..<end, in: text) {
                return at..<end
            }
            at += 1
        }
        return nil
    }

    /// Where the digits end that begin at a place; `nil` if they are others.
    private func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var (at, matched, gap) = (start, 0, 0)
        while matched < wanted.count {
            guard at < text.count, let (character, length) = NumberCharacter.at(at, in: text) else { return nil }
            switch character {
            case .digit(let value, zero: _):
                guard value == wanted[matched] else { return nil }
                (matched, gap) = (matched + 1, 0)
            case .separator:
                guard matched > 0, gap < Self.widestGap else { return nil }
                gap += 1
            }
            at += length
        }
        return at
    }

    /// Whether the digits are this number, and no part of another one that is longer or has another country code.
    private func isAlone(_ found: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        if found.upperBound < text.count, case (.digit, _)? = NumberCharacter.at(found.upperBound, in: text) {
            return false
        }
        var begin = found.lowerBound
        var before: [UInt8] = []
        while let (value, length) = NumberCharacter.digit(before: begin, in: text) {
            before.insert(value, at: 0)
            begin -= length
            // Longer than any number with its zeros.
            if before.count > 32 { return false }
        }
        let isInternational = Self.isPlus(before: begin, in: text)
        // Some write the zero of a national number after the country code.
        return [before, before.last == 0 ? before.dropLast() : before].contains { before in
            if isInternational { return before.elementsEqual(code) }
            return before.allSatisfy { $0 == 0 } || !code.isEmpty && before.suffix(code.count).elementsEqual(code)
        }
    }

    /// Whether a plus sign, of full width too, is before a place.
    private static func isPlus(before place: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        if place > 0, text[place - 1] == UInt8(ascii: "+") { return true }
        return place > 2 && text[(place - 3)..<place].elementsEqual("\u{FF0B}".utf8)
    }

    /// The text with zeros for digits.
    private static func blanked(_ text: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> [UInt8] {
        var result = Array(text[range])
        var at = range.lowerBound
        while at < range.upperBound {
            guard let (character, length) = NumberCharacter.at(at, in: text) else { break }
            if case .digit(_, let zero) = character { result[at + length - 1 - range.lowerBound] = zero }
            at += length
        }
        return result
    }

    /// Where the number begins, if the digits are the end of its E.164 form and of nothing longer.
    private func startOfWhole(_ found: Range<Int>, in text: UnsafeBufferPointer<UInt8>, from least: Int) -> Int? {
        let begin = found.upperBound - whole.count
        guard begin >= least, text[begin..<found.upperBound].elementsEqual(whole) else { return nil }
        return found.upperBound < text.count && Self.isDigit(text[found.upperBound]) ? nil : begin
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
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
