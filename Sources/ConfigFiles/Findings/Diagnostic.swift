// SPDX-License-Identifier: Apache-2.0

/// Something in a configuration file that its writer should know.
package struct Diagnostic: Hashable, Sendable {
    package let severity: Severity
    /// The file as the user named it.
    package let file: String
    package let position: SourcePosition
    package let message: String
    /// Whether the source line may be shown; not when it holds a secret.
    package let showsSource: Bool

    /// Creates a finding; from the message is taken what could steer a terminal, what is a secret, and what is too long.
    package init(
        _ severity: Severity, file: String, at position: SourcePosition, _ message: String, showsSource: Bool = true
    ) {
        self.severity = severity
        self.file = file
        self.position = position
        self.message = message.cleaned
        self.showsSource = showsSource
    }

    package var line: Int { position.line }
    package var column: Int { position.column }

    /// How much a finding weighs; a file with an error is not used.
    package enum Severity: String, Hashable, Sendable {
        case error, warning
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String { "\(file):\(line):\(column): \(severity.rawValue): \(message)" }
}

extension String {
    /// The text without what could steer a terminal or is a secret, and no longer than a message may be.
    fileprivate var cleaned: String {
        let scalars = SecretDetector.masked(self).unicodeScalars.prefix(400).map {
            $0 == "\t" || $0 == "\n" ? " " : $0.printable
        }
        return String(String.UnicodeScalarView(scalars)) + (unicodeScalars.count > 400 ? "..." : "")
    }
}
