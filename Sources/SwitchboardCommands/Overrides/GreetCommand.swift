// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard greet`: forces a greeting on every call that is not rejected.
struct GreetCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "greet", abstract: "Force a greeting on phone lines, or remove it.",
        discussion: """
            Callers of a line that is closed do not hear it.

            EXAMPLES:
              switchboard greet --all "We are very busy today." --for 2h
              switchboard greet --group amsterdam --clear
            """)

    @Argument(help: ArgumentHelp("What callers hear first.", valueName: "TEXT"))
    var text: String?

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @Flag(help: "Remove the forced greeting.")
    var clear = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Reason; shown in the audit and on every dashboard.", valueName: "TEXT"))
    var reason = ""

    @OptionGroup var confirmation: ConfirmationOptions

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        guard (text != nil) != clear else { throw ValidationError("Give either a greeting or --clear.") }
        if clear, until.isGiven { throw ValidationError("--clear takes no end.") }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let scopes = try scope.scopes(in: status)
        let lines = Self.count(status.lines)
        let command: OverrideCommand
        let question: (OverrideResult) -> String
        if let text {
            let end = try until.end(zone: status.timeZone, now: WallClock.system.now())
            command = .begin(.greeting(text), scopes: scopes, reason: reason, until: end)
            let zone = status.timeZone
            question = { outcome in
                Self.question("Greet the accepted callers of \(lines) with \"\(text)\"", outcome, zone: zone)
            }
        } else {
            command = .clearGreeting(scopes)
            question = { _ in "Remove the forced greetings of \(lines)?" }
        }
        try await carryOut(command, asking: scope.all ? question : nil, confirmation, with: client)
    }
}
