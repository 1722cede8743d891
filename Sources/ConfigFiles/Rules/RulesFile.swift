// SPDX-License-Identifier: Apache-2.0

package import Calls
package import DryRuns
package import Rules

/// A rules file that can be used: the rules, and the settings of the server.
package struct RulesFile: Equatable, Sendable {
    package let rules: RuleSet
    package let server: ServerSettings
    /// The sources that know who calls, in the order in which they are asked.
    package let contacts: [ContactSource]
    /// The country in which national spellings of numbers are read (ISO 3166-1).
    package let country: String?
    /// The cases of `tests`.
    package let cases: [RuleCase]

    /// What reading a file gave.
    package struct Outcome: Equatable, Sendable {
        /// Everything there is to say, in the order of the file.
        package let findings: [Diagnostic]
        /// The file; `nil` when any finding is an error.
        package let file: RulesFile?
    }

    /// Reads the bytes of a rules file; `name` stands in the findings.
    ///
    /// `zones` knows the time zones by name, `files` reads the files that the rules file names, and `plan` knows the
    /// spellings of numbers in them.
    package static func read(
        _ bytes: [UInt8], name: String, zones: (String) -> Zone?, files: (String) -> FileReading,
        plan: any NumberingPlan
    ) -> Outcome {
        var findings = Diagnostics(file: name)
        guard let text = SourceText.decode(bytes, into: &findings),
            let root = YAMLDocument.read(text, into: &findings)
        else { return Outcome(findings: findings.sorted, file: nil) }
        return withoutActuallyEscaping(zones) { zones in
            withoutActuallyEscaping(files) { files in
                var reader = RulesReader(
                    findings: findings, revision: Revision.of(bytes), zones: zones, files: files, plan: plan)
                let file = reader.file(root)
                var slips = RuleLinter(findings: reader.findings, source: SourceLines(text))
                slips.search(root)
                return Outcome(findings: slips.findings.sorted, file: slips.findings.hasErrors ? nil : file)
            }
        }
    }
}
