// SPDX-License-Identifier: Apache-2.0

package import Rules

/// A rules file that can be used: the rules, and the settings of the server.
package struct RulesFile: Equatable, Sendable {
    package let rules: RuleBook
    package let server: ServerSettings

    /// What reading a file gave.
    package struct Outcome: Equatable, Sendable {
        /// Everything there is to say, in the order of the file.
        package let findings: [Finding]
        /// The file; `nil` when any finding is an error.
        package let file: RulesFile?
    }

    /// Reads the bytes of a rules file; `name` stands in the findings, and `zones` knows the time zones by name.
    package static func read(_ bytes: [UInt8], name: String, zones: (String) -> Zone?) -> Outcome {
        var findings = Findings(file: name)
        guard let text = SourceText.decode(bytes, into: &findings),
            let root = YAMLDocument.read(text, into: &findings)
        else { return Outcome(findings: findings.sorted, file: nil) }
        return withoutActuallyEscaping(zones) { zones in
            var reader = RulesReader(findings: findings, revision: Revision.of(bytes), zones: zones)
            let file = reader.file(root)
            return Outcome(findings: reader.findings.sorted, file: reader.findings.hasErrors ? nil : file)
        }
    }

    /// Reads the text of a rules file.
    package static func read(_ text: String, name: String, zones: (String) -> Zone?) -> Outcome {
        read(Array(text.utf8), name: name, zones: zones)
    }
}
