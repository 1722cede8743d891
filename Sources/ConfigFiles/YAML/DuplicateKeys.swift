// SPDX-License-Identifier: Apache-2.0

/// A YAML text in which keys that stand twice in one block have been renamed, so that the parser goes on.
///
/// The parser stops at the first key that stands twice, with the place of its first use. One letter there is
/// replaced by a letter of the private use area, which keeps every column, and `name(of:)` turns it back.
/// So a doubled key is one finding among the others instead of the only one.
struct DuplicateKeys {
    private(set) var text: String
    private var originals: [Unicode.Scalar: Unicode.Scalar] = [:]
    private static let firstStandIn: UInt32 = 0xE000
    /// More doubled keys than this are not a slip, and each costs a pass over the file.
    private static let limit = 20

    init(_ text: String) {
        self.text = text
    }

    /// Renames the key at a place; `false` when that cannot be done without changing what the text means.
    mutating func rename(at position: SourcePosition) -> Bool {
        guard originals.count < Self.limit,
            let standIn = Unicode.Scalar(Self.firstStandIn + UInt32(originals.count)),
            !text.unicodeScalars.contains(standIn), var index = index(of: position)
        else { return false }
        var scalars = text.unicodeScalars
        if index < scalars.endIndex, scalars[index] == "\"" || scalars[index] == "'" {
            scalars.formIndex(after: &index)
        }
        guard index < scalars.endIndex, scalars[index].properties.isAlphabetic || isDigit(scalars[index]) else {
            return false
        }
        originals[standIn] = scalars[index]
        scalars.replaceSubrange(index...index, with: CollectionOfOne(standIn))
        text = String(scalars)
        return true
    }

    /// Returns a key as the file has it.
    func name(of key: String) -> String {
        guard let first = key.unicodeScalars.first, let original = originals[first] else { return key }
        return String(original) + String(key.unicodeScalars.dropFirst())
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) || scalar == "+" }

    private func index(of position: SourcePosition) -> String.Index? {
        let scalars = text.unicodeScalars
        var line = 1
        var index = scalars.startIndex
        while line < position.line {
            guard index < scalars.endIndex else { return nil }
            if SourceText.lineEnds.contains(scalars[index]) { line += 1 }
            scalars.formIndex(after: &index)
        }
        return scalars.index(index, offsetBy: position.column - 1, limitedBy: scalars.endIndex)
    }
}
