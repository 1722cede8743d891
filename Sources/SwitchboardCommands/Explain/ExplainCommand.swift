// SPDX-License-Identifier: Apache-2.0

import JSON
import ArgumentParser
import Calls
import ConfigFiles
import Contacts
import CallAnswering
import Foundation
import OutboundHTTP
import DryRuns
import Rules

/// `switchboard explain`: what a call would get that has not happened, and why.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what a call would get, who decides, and every step considered.")

    @ArgumentParser.Option(help: "The caller's number, or `withheld`.")
    var from: String

    @ArgumentParser.Option(help: "The number that is called.")
    var to: String

    @ArgumentParser.Option(help: "When, such as 2026-07-01T22:00:00+02:00; now without it.")
    var at: String?

    @ArgumentParser.Option(help: "The rules file; without it, the one that serve would use.")
    var config: String?

    @Flag(help: "Print it as JSON.")
    var json = false

    func run() async throws {
        let path = try ConfigurationPath.find(named: config, environment: ProcessInfo.processInfo.environment)
        let file = try ConfigurationSource(path: path).usable()
        let question = CallQuestion(
            caller: try party(from, "--from", file), called: try party(to, "--to", file), at: try moment())
        let http = OutboundHTTP()
        let contacts = try ContactSources.directory(file, besides: path, http: http)
        let explanation = await question.explanation(
            by: CallPolicy(rules: file.rules), contacts: contacts,
            within: file.server.answerWithin)
        try await http.shutDown()
        StandardOutput.say(json ? explanation.document.text : explanation.text)
    }

    private func party(_ text: String, _ option: String, _ file: RulesFile) throws -> Party {
        if let party = CallQuestion.party(text, country: file.country) { return party }
        throw CommandFailure(.usage, "\(option) takes a number such as +31612345678, or withheld, not \(text)")
    }

    private func moment() throws -> Instant {
        guard let at else { return WallClock.system.now() }
        if let instant = Instant(iso8601: at) { return instant }
        throw CommandFailure(.usage, "--at takes date, time and offset, such as 2026-07-01T22:00:00+02:00, not \(at)")
    }
}
