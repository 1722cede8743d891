// SPDX-License-Identifier: Apache-2.0

/// The lines of a file as they were written, with the comments that no node has.
struct SourceLines {
    private let lines: [[Unicode.Scalar]]

    init(_ text: String) {
        lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { SourceText.lineEnds.contains($0) }
            .map(Array.init)
    }

    /// A comment that stands right behind a text.
    struct Remark {
        /// Where its # stands.
        let position: SourcePosition
        /// What follows the #.
        let text: String
    }

    /// Returns the comment that ends the line on which a text without quotes ends.
    func remark(behind node: YAMLNode) -> Remark? {
        guard case .scalar(let text, isPlain: true) = node.content, !text.isEmpty else { return nil }
        var (line, column) = (node.position.line - 1, node.position.column - 1)
        // A text that runs over several lines is folded, so white space counts for nothing.
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            while line < lines.count,
                lines[line][min(column, lines[line].count)...].allSatisfy(\.properties.isWhitespace)
            {
                (line, column) = (line + 1, 0)
            }
            guard line < lines.count else { return nil }
            while lines[line][column].properties.isWhitespace { column += 1 }
            guard lines[line][column] == scalar else { return nil }
            column += 1
        }
        guard line < lines.count else { return nil }
        let rest = lines[line][column...]
        let remark = rest.drop(while: \.properties.isWhitespace)
        guard remark.count < rest.count, remark.first == "#" else { return nil }
        return Remark(
            position: SourcePosition(line: line + 1, column: remark.startIndex + 1),
            text: String(String.UnicodeScalarView(remark.dropFirst())))
    }
}
