// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard close`: closes phone lines from the next call on.
struct CloseCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close phone lines; callers hear an announcement.",
        discussion: "By default it ends when the lines next open or close by their hours.")

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

    @Flag(help: "Skip the confirmation prompt.")
    var yes = false

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let now = WallClock.system.now()
        let clock = OverrideTimeText(zone: status.timeZone, now: now)
        let end = try until.end(zone: status.timeZone, now: now)
        let scopes = try scope.scopes(in: status)
        let text = say ?? status.closingTexts.first ?? ""
        if scope.all {
            let lines = "all \(status.lines.count) lines"
            try confirm("Close \(lines)? Callers hear \"\(text)\".", unless: yes)
        }
        if end == .reopened {
            try confirm("No end: the lines stay closed until an operator opens them. Continue?", unless: yes)
        }
        let kind: Override.Kind = inform ? .inform(says: text) : .closed(says: text)
        let command = OverrideCommand.begin(kind, scopes: scopes, reason: reason, until: end)
        show(try await client.carryOut(command), clock: clock)
    }
}
