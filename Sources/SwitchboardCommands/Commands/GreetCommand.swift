// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard greet`: forces a greeting on every call that is not rejected.
struct GreetCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "greet", abstract: "Force a greeting on phone lines, or remove it.")

    @Argument(help: ArgumentHelp("What callers hear first.", valueName: "TEXT"))
    var text: String?

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @Flag(help: "Remove the forced greeting.")
    var clear = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Reason; shown in the audit and on every dashboard.", valueName: "TEXT"))
    var reason = ""

    @Flag(help: "Skip the confirmation prompt.")
    var yes = false

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        guard (text != nil) != clear else { throw ValidationError("Give either a greeting or --clear.") }
        if clear, until.isGiven { throw ValidationError("--clear takes no end.") }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let now = WallClock.system.now()
        let scopes = try scope.scopes(in: status)
        let lines = "all \(status.lines.count) lines"
        let command: OverrideCommand
        if let text {
            let end = try until.end(zone: status.timeZone, now: now)
            command = .begin(.greeting(text), scopes: scopes, reason: reason, until: end)
            if scope.all { try confirm("Greet every caller of \(lines) with \"\(text)\"?", unless: yes) }
        } else {
            command = .clearGreeting(scopes)
            if scope.all { try confirm("Remove the forced greetings of \(lines)?", unless: yes) }
        }
        show(try await client.carryOut(command), clock: OverrideTimeText(zone: status.timeZone, now: now))
    }
}
