// SPDX-License-Identifier: Apache-2.0

/// A source text with markers where findings are expected.
///
/// `hours: ①"25:00-06:00"   # ① invalid-window` expects an error with this code at the quote; a warning is written
/// `# ① warning: overlap`. Markers and their comments are removed before the text is read, so that columns are right.
package struct MarkedSource: Sendable {
    /// The text without markers.
    package let text: String
    /// What must be found, in the order of the text.
    package let expectations: [Expectation]

    /// One finding that is expected.
    package struct Expectation: Hashable, Sendable {
        package let line: Int
        package let column: Int
        /// The code of the finding, such as `invalid-window`.
        package let code: String
        package let isWarning: Bool
    }

    package init(_ marked: String) {
        var parts: [Character: String] = [:]
        var places: [(marker: Character, line: Int, column: Int)] = []
        var lines: [String] = []
        for line in marked.split(separator: "\n", omittingEmptySubsequences: false) {
            let source = Self.takeExpectation(from: line, into: &parts)
            var kept = ""
            for character in source {
                if Self.isMarker(character) {
                    places.append((character, lines.count + 1, kept.unicodeScalars.count + 1))
                } else {
                    kept.append(character)
                }
            }
            lines.append(kept)
        }
        precondition(Set(parts.keys) == Set(places.map(\.marker)), "each marker is in the text and in a comment")
        text = lines.joined(separator: "\n")
        expectations = places.map { place in
            let part = parts[place.marker] ?? ""
            let isWarning = part.hasPrefix("warning: ")
            return Expectation(
                line: place.line, column: place.column, code: String(part.dropFirst(isWarning ? 9 : 0)),
                isWarning: isWarning)
        }
    }

    /// Cuts the comment that begins with a marker off a line; a second one in it holds a second marker's part.
    private static func takeExpectation(from line: Substring, into parts: inout [Character: String]) -> Substring {
        var fields = line.split(separator: "# ", omittingEmptySubsequences: false)
        while let last = fields.last, let marker = last.first, fields.count > 1, isMarker(marker) {
            parts[marker] = last.dropFirst().split(separator: " ").joined(separator: " ")
            fields.removeLast()
        }
        return line[..<(fields.last?.endIndex ?? line.endIndex)]
    }

    private static func isMarker(_ character: Character) -> Bool { ("①"..."⑳").contains(character) }
}
