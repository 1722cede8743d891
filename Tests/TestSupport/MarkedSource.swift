// SPDX-License-Identifier: Apache-2.0

/// A source text in which markers stand where findings must point.
///
/// `hours: ①"25:00-06:00"   # ① hour 25` says that a finding whose text has `hour 25` must point to the quote. The
/// markers and the comments that begin with one are taken out before the text is read, so that columns are the
/// reader's.
package struct MarkedSource: Sendable {
    /// The text without markers.
    package let text: String
    /// What must be found, in the order of the text.
    package let expectations: [Expectation]

    /// One thing that must be found.
    package struct Expectation: Hashable, Sendable {
        package let line: Int
        package let column: Int
        /// A part of the finding, such as `hour 25` or `warning: put the number in quotes`.
        package let part: String
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
        precondition(Set(parts.keys) == Set(places.map(\.marker)), "each marker stands in the text and in a comment")
        text = lines.joined(separator: "\n")
        expectations = places.map { Expectation(line: $0.line, column: $0.column, part: parts[$0.marker] ?? "") }
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
