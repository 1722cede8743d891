// SPDX-License-Identifier: Apache-2.0

/// The text of a configuration file.
enum SourceText {
    /// 16 MiB, some 100 000 rules; a larger file is surely the wrong one.
    static let byteLimit = 16 << 20

    /// What ends a line for YAML 1.1; a carriage return before a line feed belongs to it.
    private static let lineEnds: Set<Unicode.Scalar> = ["\n", "\u{85}", "\u{2028}", "\u{2029}"]

    static func endsLine(_ scalar: Unicode.Scalar) -> Bool { lineEnds.contains(scalar) }

    /// Splits a text into its lines.
    static func lines(of text: String) -> [[Unicode.Scalar]] {
        text.unicodeScalars.split(omittingEmptySubsequences: false) { lineEnds.contains($0) }.map(Array.init)
    }

    /// Decodes the bytes of a file, or reports why they are not text; `file` is its number among the findings.
    static func decode(_ bytes: [UInt8], file: Int = 0, into findings: inout Diagnostics) -> String? {
        guard bytes.count <= byteLimit else {
            refuseSize(of: file, into: &findings)
            return nil
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            findings.error(
                .notUTF8, "the file is not UTF-8; save it as UTF-8", at: firstInvalid(in: content, file: file))
            return nil
        }
        return text
    }

    /// Reports that a file is larger than the limit.
    static func refuseSize(of file: Int, into findings: inout Diagnostics) {
        findings.error(
            .fileTooLarge, "the file is larger than \(byteLimit >> 20) MiB; is it the right one?", at: .start(of: file))
    }

    /// Returns the position of the first byte that is not UTF-8.
    private static func firstInvalid(in bytes: ArraySlice<UInt8>, file: Int) -> SourcePosition {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var line = 1
        var column = 1
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return SourcePosition(file: file, line: line, column: column)
    }
}

/// The lines of a file with their comments, which YAML nodes do not have.
struct SourceLines {
    private let lines: [[Unicode.Scalar]]

    init(_ text: String) {
        lines = SourceText.lines(of: text)
    }

    /// Returns the first place of a character on the line of a position, from there on.
    func place(of scalar: Unicode.Scalar, from position: SourcePosition) -> SourcePosition? {
        guard lines.indices.contains(position.line - 1) else { return nil }
        let line = lines[position.line - 1]
        guard position.column <= line.count, let index = line[(position.column - 1)...].firstIndex(of: scalar) else {
            return nil
        }
        return SourcePosition(file: position.file, line: position.line, column: index + 1)
    }

    /// A comment right after a string.
    struct Comment {
        /// The position of its #.
        let position: SourcePosition
        /// What follows the #.
        let text: String
    }

    /// Returns the comment after a plain string, on the line where the string ends.
    func comment(after node: YAMLNode) -> Comment? {
        guard case .scalar(let text, isPlain: true) = node.content, !text.isEmpty else { return nil }
        var (line, column) = (node.position.line - 1, node.position.column - 1)
        // A string over several lines is folded, so white space is skipped.
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
        let comment = rest.drop(while: \.properties.isWhitespace)
        guard comment.count < rest.count, comment.first == "#" else { return nil }
        return Comment(
            position: SourcePosition(file: node.position.file, line: line + 1, column: comment.startIndex + 1),
            text: String(String.UnicodeScalarView(comment.dropFirst())))
    }
}
