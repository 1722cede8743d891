// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import ConfigFiles
import Foundation
import JSON
import OutboundHTTP
import Rules

/// `switchboard check`: all diagnostics of a rules file.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a rules file and print all errors and warnings.",
        discussion: """
            Splits are compared with the rules that a server last read from the same file: a new sum of weights gives \
            callers another arm.

            EXAMPLES:
              switchboard check --strict switchboard.yaml
              git show HEAD:switchboard.yaml > old.yaml
              switchboard check switchboard.yaml --against old.yaml
            """)

    @Argument(
        help: ArgumentHelp("Rules file; default: the one that serve would use.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Rules file to compare with: also print what changes, as a reload does.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var against: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "State folder of the server whose rules are compared; default: that of serve.", valueName: "DIR"),
        completion: .directory)
    var state: String?

    @Flag(help: "Treat warnings as errors.")
    var strict = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let path = try ConfigurationPath.find(named: file, environment: ProcessInfo.processInfo.environment)
        let source = try ConfigurationSource(path: path)
        let opening = source.outcome.file.map { ContactSources.opening($0, of: source, http: OutboundHTTP()) }
        let now = WallClock.system.now()
        let secrets = source.outcome.file.map { LoadedSecrets.findings($0, of: path) } ?? []
        let tls = source.outcome.file.flatMap { TLSFiles($0, of: path) }?.findings(at: now) ?? []
        let former = try FormerRules.find(named: against, of: source, stateFolder: state)
        let moved = former.flatMap { source.outcome.file?.regroupings(since: $0) } ?? []
        let findings = (source.findings(at: now) + secrets + tls + (opening?.findings ?? []) + moved).sorted {
            $0.position < $1.position
        }
        let changes = against == nil ? nil : former.flatMap { source.outcome.file?.rules.changes(since: $0, at: now) }
        let files = CheckedFile.of(source.outcome.file, opening)
        if json {
            StandardOutput.document(Self.document(findings, files, changes).text)
        } else if !findings.isEmpty {
            StandardOutput.say(source.rendered(findings))
        }
        for file in files where !json { StandardError.say(file.words) }
        if let changes, let against, !json {
            StandardError.say("compared with \(against): \(changes.summary)")
            for line in changes.lines { StandardError.say("  \(line)") }
        }
        StandardError.say("\(path): \(Self.summary(findings))")
        let isBad = findings.contains { strict || $0.severity == .error }
        if isBad { throw CommandFailure(.failure, "") }
    }

    static func summary(_ findings: [Diagnostic]) -> String {
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        if findings.isEmpty { return "no findings" }
        return "\(CountText.words(errors, "error")), \(CountText.words(warnings, "warning"))"
    }

    private static func document(
        _ findings: [Diagnostic], _ files: [CheckedFile], _ changes: RulesChanges?
    ) -> JSONValue {
        let items = findings.map { finding in
            JSONValue.object([
                .init("file", .string(finding.file)), .init("line", .integer(finding.line)),
                .init("column", .integer(finding.column)), .init("severity", .string(finding.severity.rawValue)),
                .init("message", .string(finding.message)), .init("code", .string(finding.code.rawValue)),
            ])
        }
        let compared = changes.map { [JSONValue.Member("changes", .array($0.lines.map(JSONValue.string)))] } ?? []
        return .object(
            [.init("findings", .array(items)), .init("files", .array(files.map(\.document)))] + compared)
    }
}
