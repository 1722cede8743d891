// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import ConfigFiles
import Contacts
import Exchange
import Foundation
import OutboundHTTP
import Rehearsal
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
        let plan = ConfigurationSource.numbers
        let (caller, called) = (try party(from, "--from", file, plan), try party(to, "--to", file, plan))
        let request = AssistantRequest(
            callID: CallID("explained"), callType: "inbound_phone_call", caller: caller, called: called,
            calledName: nil, dialect: .snakeCase)
        let lookup = try await contact(of: caller, file, path)
        let explanation = Rehearsal(rules: file.rules, numbers: plan).explain(
            RehearsedCall(request: request, at: try moment(), contact: lookup, earlier: .none))
        print(json ? explanation.document.text : explanation.text)
    }

    /// Asks the contact sources as the server would, within the time that an answer may take.
    private func contact(of caller: Party, _ file: RulesFile, _ path: String) async throws -> ContactLookup {
        guard let number = caller.number else { return .nobody }
        let http = OutboundHTTP()
        let contacts = try ContactSources.directory(file, besides: path, http: http)
        let ticks = WallClock.system.ticks
        let budget = TimeBudget(until: ticks() + file.server.answerWithin.nanoseconds, ticks: ticks)
        let lookup = await contacts.look(up: number, within: budget)
        try await http.shutDown()
        return lookup
    }

    private func party(_ text: String, _ option: String, _ file: RulesFile, _ plan: any NumberPlan) throws -> Party {
        if text == "withheld" { return .withheld }
        if let number = plan.number(spelled: text, country: file.country) { return .number(number) }
        throw CommandFailure(.usage, "\(option) takes a number such as +31612345678, or withheld, not \(text)")
    }

    private func moment() throws -> Instant {
        guard let at else { return WallClock.system.now() }
        if let instant = Instant(iso8601: at) { return instant }
        throw CommandFailure(.usage, "--at takes date, time and offset, such as 2026-07-01T22:00:00+02:00, not \(at)")
    }
}
