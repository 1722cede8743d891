// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
    /// Writes the finding with its source line and a caret under the place; what looks like a secret shows as stars.
    package func rendered(source: String) -> String {
        guard showsSource, let text = source.line(line) else { return description }
        let shown = String(String.UnicodeScalarView(SecretDetector.masked(text).unicodeScalars.map(\.printable)))
        let margin = text.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        return "\(description)\n    \(shown)\n    \(margin)^"
    }
}

extension String {
    /// Returns a line by its number.
    fileprivate func line(_ number: Int) -> String? {
        let lines = unicodeScalars.split(omittingEmptySubsequences: false) { SourceText.lineEnds.contains($0) }
        guard number >= 1, number <= lines.count else { return nil }
        var line = lines[number - 1]
        if line.last == "\r" { line.removeLast() }
        return String(line)
    }
}

extension Unicode.Scalar {
    /// The scalar, or a question mark for one that could steer a terminal.
    var printable: Unicode.Scalar {
        switch properties.generalCategory {
        case .control where self != "\t", .format, .lineSeparator, .paragraphSeparator: "?"
        default: self
        }
    }
}
