// SPDX-License-Identifier: Apache-2.0

package import Calls
package import DryRuns
package import Rules

/// A rules file without errors.
package struct RulesFile: Equatable, Sendable {
    package let rules: RuleSet
    package let server: ServerSettings
    /// The contact sources, in the order in which they are asked.
    package let contacts: [ContactSource]
    /// Whether all contact sources are asked, and later ones add what earlier ones lack.
    package let contactsAreJoined: Bool
    /// The attributes of contacts that the file names.
    package let contactUses: [ContactUse]
    /// The country for national spellings of numbers (ISO 3166-1).
    package let country: String?
    /// The cases of `tests`.
    package let cases: [RuleCase]
    /// Where its rules are, by name.
    let rulePositions: [String: SourcePosition]
    /// Its lists of dates, which are over some day.
    let datedLists: [DatedList]
    /// Where it names its webhook secrets, in their order.
    let secretPositions: [SourcePosition]
    /// Where it names its certificate and the key, by `certificate` and `key`.
    let tlsPositions: [String: SourcePosition]
    /// The file and those that it includes, by `SourcePosition.file`.
    let files: [String]

    /// The most bytes of a rules file.
    package static let mostBytes = SourceText.byteLimit

    /// The result of reading a file.
    package struct Outcome: Equatable, Sendable {
        /// In the order of the file.
        package let findings: [Diagnostic]
        /// The file; `nil` when it cannot be used.
        ///
        /// A file of holidays that cannot be read is an error, and the rest serves.
        package let file: RulesFile?
        /// The texts of the files that it includes, by their names, for rendering findings.
        package let included: [String: String]

        /// A file that is too large to be read.
        package static func tooLarge(_ name: String) -> Outcome {
            var findings = Diagnostics(file: name)
            SourceText.refuseSize(of: 0, into: &findings)
            return Outcome(findings: findings.sorted, file: nil, included: [:])
        }

        /// Whether something cannot be used.
        package var hasErrors: Bool { findings.contains { $0.severity == .error } }
    }

    /// Reads the bytes of a rules file; findings name it `name`.
    ///
    /// `zones` looks up time zones by name, `files` reads the files that the rules file names, and `plan` reads numbers.
    package static func read(
        _ bytes: [UInt8], name: String, zones: (String) -> Zone?, files: (String) -> FileReading,
        plan: any NumberingPlan
    ) -> Outcome {
        var findings = Diagnostics(file: name)
        guard let text = SourceText.decode(bytes, into: &findings),
            let root = YAMLDocument.read(text, into: &findings)
        else { return Outcome(findings: findings.sorted, file: nil, included: [:]) }
        return withoutActuallyEscaping(zones) { zones in
            withoutActuallyEscaping(files) { files in
                var included: [String: [UInt8]] = [:]
                let source = RulesSource.read(
                    root, text: text,
                    files: { path in
                        let reading = files(path)
                        if case .bytes(let bytes) = reading { included[path] = bytes }
                        return reading
                    }, into: &findings)
                let revision = Revision.of([bytes] + included.sorted { $0.key < $1.key }.map(\.value))
                var reader = RulesReader(
                    findings: findings, revision: revision, zones: zones, files: files, plan: plan)
                let file = reader.file(source.root)
                var linter = RuleLinter(findings: reader.findings, texts: reader.texts)
                for file in source.files { linter.search(file) }
                // What a file that cannot be read would have named or used is not reported as well.
                let all = linter.findings.sorted
                return Outcome(
                    findings: source.isComplete
                        ? all : all.filter { !Diagnostic.Code.dependingOnIncludes.contains($0.code) },
                    file: linter.findings.hasErrors ? nil : file,
                    included: included.mapValues { String(decoding: $0, as: UTF8.self) })
            }
        }
    }
}

extension RulesFile {
    /// A warning about one of its webhook secrets, by the secret's index.
    package func secretFinding(_ words: String, _ index: Int) -> Diagnostic {
        Diagnostic(
            .warning, .oddSecret, file: files.first ?? "",
            at: secretPositions.indices.contains(index) ? secretPositions[index] : .start, words)
    }
}

/// A file that a rules file names.
package enum FileReading: Equatable, Sendable {
    case bytes([UInt8])
    /// The reason, such as `there is no such file`.
    case unreadable(String)
}

/// A short hash of the exact bytes of a rules file and of those that it includes.
private enum Revision {
    /// Returns eight hexadecimal digits: FNV-1a with 64 bits, folded to 32.
    ///
    /// It distinguishes revisions of one file; it does not protect against tampering.
    static func of(_ files: [[UInt8]]) -> String {
        var hash = FNV1a()
        for bytes in files { hash.combine(bytes) }
        let digits = String(UInt32(truncatingIfNeeded: hash.value ^ (hash.value >> 32)), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
