// SPDX-License-Identifier: Apache-2.0

import Calls

/// A text that is looked for in others; case does not matter.
package struct FilterText: Hashable, Sendable {
    /// The text as it was written.
    package let text: String
    /// The text in lower case.
    private let folded: [UInt8]
    /// The part of an E.164 number that the text means in another spelling; empty if there is none.
    private let number: [UInt8]

    package init(_ text: String) {
        self.text = text
        folded = Self.folded(text)
        number = NumberSearch.part(spelled: text).map(Self.folded) ?? []
    }

    /// Two spellings with the same letters find the same.
    package static func == (left: FilterText, right: FilterText) -> Bool { left.folded == right.folded }

    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }

    /// Whether every text that contains this one contains the other one as well.
    func contains(_ other: FilterText) -> Bool {
        guard folded.withUnsafeBufferPointer({ Self.contains($0, other.folded) }) else { return false }
        return number.isEmpty
            || !other.number.isEmpty && number.withUnsafeBufferPointer { Self.contains($0, other.number) }
    }

    /// Whether a text contains it.
    package func isPart(of text: String?) -> Bool {
        guard let text else { return false }
        // Nearly all texts of a call are ASCII, and thousands of them are looked at for a letter that is typed.
        let found = text.utf8.withContiguousStorageIfAvailable { bytes -> Bool? in
            bytes.allSatisfy { $0 < 0x80 } ? isPart(ofBytes: bytes) : nil
        }
        if let found, let found { return found }
        return Array(text.lowercased().utf8).withUnsafeBufferPointer(isPart(ofBytes:))
    }

    /// The same for ASCII, or what is in lower case already.
    private func isPart(ofBytes text: UnsafeBufferPointer<UInt8>) -> Bool {
        Self.contains(text, folded) || !number.isEmpty && Self.contains(text, number)
    }

    /// Whether a text is the same but for case.
    package func isSame(as text: String?) -> Bool { text.map(Self.folded) == folded }

    private static func folded(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return Array(text.lowercased().utf8) }
        return bytes.map(lowercased)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// Whether a text contains a part that is in lower case.
    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard text.count >= part.count else { return false }
        for start in 0...text.count - part.count where lowercased(text[start]) == first {
            if part.indices.allSatisfy({ lowercased(text[start + $0]) == part[$0] }) { return true }
        }
        return false
    }
}
