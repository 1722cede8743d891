// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import ConfigFiles
import Foundation
import JSON
import OutboundHTTP

/// `switchboard check`: all diagnostics of a rules file.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a rules file and print all errors and warnings.")

    @Argument(help: ArgumentHelp("Rules file; default: the one that serve would use.", valueName: "FILE"))
    var file: String?

    @Flag(help: "Treat warnings as errors.")
    var strict = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let path = try ConfigurationPath.find(named: file, environment: ProcessInfo.processInfo.environment)
        let source = try ConfigurationSource(path: path)
        let findings = (source.findings(at: WallClock.system.now()) + contactFindings(source, path)).sorted {
            $0.position < $1.position
        }
        if json {
            StandardOutput.say(Self.document(findings).text)
        } else if !findings.isEmpty {
            StandardOutput.say(source.rendered(findings))
        }
        StandardError.say("\(path): \(Self.summary(findings))")
        let isBad = findings.contains { strict || $0.severity == .error }
        if isBad { throw CommandFailure(.failure, "") }
    }

    /// Diagnostics of the contact sources, once the rules file itself is valid.
    private func contactFindings(_ source: ConfigurationSource, _ path: String) -> [Diagnostic] {
        guard let file = source.outcome.file else { return [] }
        return ContactSources.opening(file, besides: path, http: OutboundHTTP()).findings
    }

    private static func summary(_ findings: [Diagnostic]) -> String {
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        if findings.isEmpty { return "no findings" }
        return "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")"
    }

    private static func document(_ findings: [Diagnostic]) -> JSONValue {
        let items = findings.map { finding in
            JSONValue.object([
                .init("file", .string(finding.file)), .init("line", .integer(finding.line)),
                .init("column", .integer(finding.column)), .init("severity", .string(finding.severity.rawValue)),
                .init("message", .string(finding.message)), .init("code", .string(finding.code.rawValue)),
            ])
        }
        return .object([.init("findings", .array(items))])
    }
}
