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
        help: ArgumentHelp("Time of the call, such as 2026-07-01T22:00:00+02:00; default: now.", valueName: "TIME"))
    var at: String?

    @ArgumentParser.Option(help: ArgumentHelp("Rules file; default: the one that serve would use.", valueName: "FILE"))
    var config: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let path = try ConfigurationPath.find(named: config, environment: ProcessInfo.processInfo.environment)
        let file = try ConfigurationSource(path: path).usable()
        let question = try question(file)
        let http = OutboundHTTP()
        let contacts = try ContactSources.directory(file, besides: path, http: http)
        let explanation = await question.explanation(
            by: CallPolicy(rules: file.rules), contacts: contacts,
            within: file.server.answerWithin)
        try await http.shutDown()
        StandardOutput.say(json ? explanation.document.text : explanation.text)
    }

    private func question(_ file: RulesFile) throws -> CallQuestion {
        let moment = try moment()
        do throws(CallQuestion.Problem) {
            return try CallQuestion(from: from, to: to, at: moment, rules: file.rules)
        } catch {
            throw CommandFailure(.usage, "--\(error.end): \"\(error.text)\" is \(error.problem)")
        }
    }

    private func moment() throws -> Instant {
        guard let at else { return WallClock.system.now() }
        if let instant = Instant(iso8601: at) { return instant }
        throw CommandFailure(
            .usage, "--at: \"\(at)\" is not a time with date and offset; example: 2026-07-01T22:00:00+02:00")
    }
}
