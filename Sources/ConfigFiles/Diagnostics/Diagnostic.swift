// SPDX-License-Identifier: Apache-2.0

/// A finding in a configuration file.
package struct Diagnostic: Hashable, Sendable {
    package let severity: Severity
    package let code: Code
    /// The file as the user named it.
    package let file: String
    package let position: SourcePosition
    package let message: String
    /// Whether the source line may be shown; false when it holds a secret.
    package let showsSource: Bool

    /// Creates a diagnostic.
    ///
    /// Control characters and secrets are removed from the message, and a long one is cut.
    package init(
        _ severity: Severity, _ code: Code, file: String, at position: SourcePosition, _ message: String,
        showsSource: Bool = true
    ) {
        self.severity = severity
        self.code = code
        self.file = file
        self.position = position
        self.message = message.cleaned
        self.showsSource = showsSource
    }

    package var line: Int { position.line }
    package var column: Int { position.column }

    /// A file with an error is not used.
    package enum Severity: String, Hashable, Sendable {
        case error, warning
    }
}

/// A place in a file; lines and columns count from 1, columns in Unicode scalars.
package struct SourcePosition: Hashable, Comparable, Sendable {
    /// 0 for the file itself; those that it includes follow in order.
    let file: Int
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.init(file: 0, line: line, column: column)
    }

    init(file: Int, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package static let start = SourcePosition(line: 1, column: 1)

    /// The first place of an included file.
    static func start(of file: Int) -> SourcePosition { SourcePosition(file: file, line: 1, column: 1) }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String {
        "\(file):\(line):\(column): \(severity.rawValue): \(message) [\(code.rawValue)]"
    }
}

extension Diagnostic {
    /// Renders findings of a file, each with its source line and a caret; secrets are replaced by stars.
    ///
    /// `included` has the texts of other files, by their names.
    package static func rendered(_ findings: [Diagnostic], source: String, included: [String: String] = [:]) -> String {
        let lines = SourceText.lines(of: source)
        let others = included.mapValues(SourceText.lines)
        return findings.map { $0.rendered(others[$0.file] ?? lines) }.joined(separator: "\n")
    }

    private func rendered(_ lines: [[Unicode.Scalar]]) -> String {
        guard showsSource, lines.indices.contains(line - 1) else { return description }
        var scalars = lines[line - 1][...]
        if scalars.last == "\r" { scalars.removeLast() }
        let excerpt = Excerpt(of: scalars, around: column - 1)
        let margin = excerpt.before.map { $0 == "\t" ? "\t" : " " }.joined()
        return "\(description)\n    \(excerpt.text)\n    \(margin)^"
    }

    /// The part of a source line that is shown: all of it, or of a very long one the part around a place.
    private struct Excerpt {
        /// What precedes the place in the part.
        let before: [Unicode.Scalar]
        let text: String

        /// The longest line that is shown whole, in scalars.
        private static let longest = 400
        /// How much of a longer one is shown before the place and after it.
        private static let reach = 100
        /// How much around that is looked at for secrets, which may begin or end there.
        private static let margin = 2000
        private static let cut = "..."

        init(of line: ArraySlice<Unicode.Scalar>, around place: Int) {
            guard line.count > Self.longest else {
                before = Array(line.prefix(place))
                text = Self.printable(SecretDetector.masked(String(String.UnicodeScalarView(line))).unicodeScalars)
                return
            }
            let start = min(max(0, place - Self.reach), line.count)
            let end = min(line.count, place + Self.reach)
            let from = max(0, start - Self.margin)
            let around = line[(line.startIndex + from)..<(line.startIndex + min(line.count, end + Self.margin))]
            // Stars take the place of each scalar of a secret.
            let masked = Array(SecretDetector.masked(String(String.UnicodeScalarView(around))).unicodeScalars)
            let shown = masked.dropFirst(start - from).prefix(end - start)
            let first = start > 0 ? Self.cut : ""
            before = Array(first.unicodeScalars) + shown.prefix(place - start)
            text = first + Self.printable(shown) + (end < line.count ? Self.cut : "")
        }

        private static func printable(_ scalars: some Sequence<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(scalars.map(\.printable)))
        }
    }
}

extension String {
    /// The text without control characters and secrets, and no longer than a message may be.
    fileprivate var cleaned: String {
        let scalars = SecretDetector.masked(self).unicodeScalars.prefix(400).map {
            $0 == "\t" || $0 == "\n" ? " " : $0.printable
        }
        return String(String.UnicodeScalarView(scalars)) + (unicodeScalars.count > 400 ? "..." : "")
    }
}

extension Unicode.Scalar {
    /// The scalar, or a question mark for one that could control a terminal.
    fileprivate var printable: Unicode.Scalar {
        switch properties.generalCategory {
        case .control where self != "\t", .format, .lineSeparator, .paragraphSeparator: "?"
        default: self
        }
    }
}
