// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import ConfigFiles
import Contacts
import DryRuns
import Foundation
import OutboundHTTP
import Rules

/// `switchboard test`: runs the cases of a rules file.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the cases of a rules file and print the failures.",
        discussion: """
            Files of contacts are looked up; no server is asked.

            EXAMPLES:
              switchboard test switchboard.yaml
              switchboard test --junit report.xml --min-coverage 90
            """)

    @Argument(
        help: ArgumentHelp("Rules file; default: the one that serve would use.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @Flag(help: "Print how many rules the cases reach, and list the others.")
    var coverage = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Fail if the cases reach fewer rules than this, in percent.", valueName: "PERCENT"))
    var minCoverage: Int?

    @ArgumentParser.Option(
        help: ArgumentHelp("Also write the results as JUnit XML, over an earlier report.", valueName: "FILE"),
        completion: .file(extensions: ["xml"]))
    var junit: String?

    func validate() throws {
        if let minCoverage, !(0...100).contains(minCoverage) {
            throw ValidationError("--min-coverage must be a percentage from 0 to 100.")
        }
    }

    func run() async throws {
        let path = try ConfigurationPath.find(named: file, environment: ProcessInfo.processInfo.environment)
        let source = try ConfigurationSource(path: path)
        let rulesFile = try source.usable()
        let contacts = CaseContacts(rulesFile, of: source)
        let dryRun = DryRun(rules: rulesFile.rules, numbers: ConfigurationSource.numbers)
        var results: [CaseResult] = []
        for ruleCase in rulesFile.cases {
            results.append(CaseResult(ruleCase, in: dryRun, contact: await contacts.lookup(for: ruleCase)))
        }
        let failed = results.filter { !$0.passes }
        for result in failed {
            StandardOutput.say("\(path):\(result.ruleCase.line): \(result.ruleCase.name)")
            for difference in result.differences { StandardOutput.say("  \(difference)") }
            if let note = contacts.note(on: result) { StandardOutput.say("  \(note)") }
        }
        if let junit { try Self.write(JUnitReport.xml(results, file: path, note: contacts.note), to: junit) }
        StandardError.say("\(path): \(results.count - failed.count) passed, \(failed.count) failed")
        let isCovered = isCovered(CaseCoverage(of: rulesFile.rules.rules.map(\.name), by: results), path)
        if !failed.isEmpty || !isCovered { throw CommandFailure(.failure, "") }
    }

    /// Prints the coverage where it is asked for, and returns whether it is enough.
    private func isCovered(_ result: CaseCoverage, _ path: String) -> Bool {
        let isEnough = minCoverage.map { result.percent >= $0 } ?? true
        guard coverage || minCoverage != nil else { return true }
        if coverage || !isEnough {
            for name in result.unreached { StandardOutput.say("no case reaches rule \(name)") }
        }
        let least = isEnough ? "" : ", fewer than the \(minCoverage ?? 0) % of --min-coverage"
        StandardError.say(
            "\(path): the cases reach \(result.reached) of \(result.rules) rules (\(result.percent) %)\(least)")
        return isEnough
    }

    private static func write(_ report: String, to path: String) throws {
        do throws(NewFile.Problem) {
            try NewFile.write(Array(report.utf8), to: path, overwriting: true)
        } catch {
            throw CommandFailure(.failure, "cannot write \(path): \(error)")
        }
    }
}

/// The contact sources that cases ask: files.
///
/// A case is the same everywhere, so it asks no server.
struct CaseContacts {
    private let directory: ContactDirectory
    /// The sources that are not asked.
    private let servers: [String]

    /// How long a database may take to answer.
    private static let patience = Duration.seconds(5)

    init(_ file: RulesFile, of source: ConfigurationSource) {
        let files = file.contacts.filter { $0.kind.server == nil }
        let opening = ContactSources(
            configuration: source.path, read: source.read, country: file.country,
            numbers: ConfigurationSource.numbers, http: OutboundHTTP(), environment: [:]
        ).open(files, isJoined: file.contactsAreJoined)
        for finding in opening.findings { StandardError.say(finding.description) }
        directory = opening.directory
        servers = file.contacts.compactMap(\.kind.server)
    }

    /// What the files know of the caller of a case.
    func lookup(for ruleCase: RuleCase) async -> ContactLookup {
        guard ruleCase.asksContacts else { return .nobody }
        return await directory.lookup(for: ruleCase.call.request, within: Self.patience)
    }

    /// What a failed case may need: the answer of a contact source that is a server.
    func note(on result: CaseResult) -> String? {
        guard result.missesContact, let server = servers.first, result.ruleCase.call.request.caller.number != nil else {
            return nil
        }
        return "note: a case does not ask \(server); give its answer with "
            + "`with: { contact: { name: ... } }`, or `contact: unknown` or `unavailable`"
    }
}
