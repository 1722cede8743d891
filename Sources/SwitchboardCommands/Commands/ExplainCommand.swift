// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import ConfigFiles
import Contacts
import DryRuns
import Foundation
import JSON
import OutboundHTTP
import Rules

/// `switchboard explain`: the answer that a hypothetical call would get, and why.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show the answer that a call would get, what decides it, and each step.")

    @ArgumentParser.Option(help: ArgumentHelp("The caller's number, or `withheld`.", valueName: "NUMBER"))
    var from: String

    @ArgumentParser.Option(help: ArgumentHelp("The called line, by number or name.", valueName: "LINE"))
    var to: String

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Time of the call, on the clock of the rules file: 'tomorrow 9:00', 'mon 14:30', '2026-06-02 10:00', or with "
                + "an offset: 2026-06-02T10:00+02:00; default: now.", valueName: "TIME"))
    var at: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("How many other calls the line and its group have at that moment.", valueName: "COUNT"))
    var live = 0

    @ArgumentParser.Option(help: ArgumentHelp("Rules file; default: the one that serve would use.", valueName: "FILE"))
    var config: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard live >= 0 else { throw ValidationError("--live must not be negative.") }
    }

    func run() async throws {
        let path = try ConfigurationPath.find(named: config, environment: ProcessInfo.processInfo.environment)
        let source = try ConfigurationSource(path: path)
        let file = try source.usable()
        let question = try question(file)
        let http = OutboundHTTP()
        let contacts = ContactSources.atStart(file, of: source, http: http).directory
        var counted = CallFacts.none
        counted.live = LiveCallCounts(onLine: live, inGroup: live)
        let explanation = await question.explanation(
            by: CallPolicy(rules: file.rules), contacts: contacts, within: file.server.answerWithin, counted: counted)
        try await http.shutDown()
        StandardOutput.say(json ? explanation.document.text : explanation.text)
    }

    private func question(_ file: RulesFile) throws -> CallQuestion {
        let moment = try moment(file.rules.zone)
        do throws(CallQuestion.Problem) {
            return try CallQuestion(from: from, to: to, at: moment, rules: file.rules)
        } catch {
            throw CommandFailure(.usage, "--\(error.end): \"\(error.text)\" is \(error.problem)")
        }
    }

    private func moment(_ zone: Zone) throws -> Instant {
        let now = WallClock.system.now()
        guard let at else { return now }
        if let instant = MomentText.read(at, now: now, clock: LocalClock { zone.offset(at: $0) }) { return instant }
        throw CommandFailure(.usage, "--at: \"\(at)\" is not a time; examples: \(MomentText.examples)")
    }
}
