// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard close`: closes phone lines from the next call on.
struct CloseCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close phone lines; callers hear an announcement.",
        discussion: """
            By default it ends when the lines next open or close by their hours. Any closure keeps a line closed; the \
            newest gives the text.

            EXAMPLES:
              switchboard close --all --reason "fire drill" --for 30m
              switchboard close --group amsterdam --say "Back soon." --for 1h --reason lunch
              switchboard close --line +31201234567 --inform --for 2h --reason ill
              switchboard close --all --reason "storm" --until 07:30 --dry-run
            """)

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @ArgumentParser.Option(
        help: ArgumentHelp("Reason; shown in the audit and on every dashboard.", valueName: "TEXT"))
    var reason: String

    @ArgumentParser.Option(
        help: ArgumentHelp("What callers hear; default: the closing text of the rules file.", valueName: "TEXT"))
    var say: String?

    @Flag(
        help: "Have the assistant announce it instead of rejecting the call; the platform then sends a report."
    )
    var inform = false

    @OptionGroup var confirmation: ConfirmationOptions

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let end = try until.end(zone: status.timeZone, now: WallClock.system.now())
        let scopes = try scope.scopes(in: status)
        let text = say ?? status.closingTexts.first ?? ""
        let kind: Override.Kind = inform ? .inform(says: text) : .closed(says: text)
        let command = OverrideCommand.begin(kind, scopes: scopes, reason: reason, until: end)
        let zone = status.timeZone
        let question = { (outcome: OverrideResult) in
            Self.question("Close \(Self.count(status.lines))", outcome, zone: zone, also: "Callers hear \"\(text)\".")
        }
        try await carryOut(command, asking: scope.all ? question : nil, confirmation, with: client)
    }
}
