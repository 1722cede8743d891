// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard open`: removes closures, or forces lines open.
struct OpenCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Reopen phone lines, or force them open.",
        discussion: """
            It lifts the closures of operators; lines that their hours close stay closed unless they are forced open.

            EXAMPLES:
              switchboard open --all
              switchboard open --line +31201234567 --force --for 2h
              switchboard open --group amsterdam --follow-hours
            """)

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @Flag(help: "Open outside business hours too; ends by itself unless --until-reopened.")
    var force = false

    @Flag(help: "Remove a forced opening; the lines follow their hours again.")
    var followHours = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Reason; shown in the audit and on every dashboard.", valueName: "TEXT"))
    var reason = ""

    @OptionGroup var confirmation: ConfirmationOptions

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        if force, followHours { throw ValidationError("--force and --follow-hours cannot be combined.") }
        if !force, until.isGiven {
            throw ValidationError("Only --force takes an end; without it, open removes closures.")
        }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let scopes = try scope.scopes(in: status)
        let lines = Self.count(status.lines)
        let command: OverrideCommand
        let zone = status.timeZone
        let question: String
        if force {
            let end = try until.end(zone: status.timeZone, now: WallClock.system.now())
            command = .begin(.forcedOpen, scopes: scopes, reason: reason, until: end)
            question = "Open \(lines), regardless of their hours"
        } else if followHours {
            command = .followHours(scopes)
            question = "Have \(lines) follow their hours"
        } else {
            command = .open(scopes)
            question = "Remove every closure of \(lines)"
        }
        try await carryOut(
            command, asking: scope.all ? { Self.question(question, $0, zone: zone) } : nil, confirmation, with: client)
    }
}
