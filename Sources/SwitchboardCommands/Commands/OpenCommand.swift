// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard open`: removes closures, or forces lines open.
struct OpenCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Reopen phone lines, or force them open.")

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @Flag(help: "Open outside business hours too; ends by itself unless --until-reopened.")
    var force = false

    @Flag(help: "Remove a forced opening; the lines follow their hours again.")
    var followHours = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Reason; shown in the audit and on every dashboard.", valueName: "TEXT"))
    var reason = ""

    @Flag(help: "Skip the confirmation prompt.")
    var yes = false

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        if force, followHours { throw ValidationError("--force and --follow-hours cannot be combined.") }
        if !force, until.isGiven {
            throw ValidationError("Only --force takes an end; without it, open removes closures.")
        }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let now = WallClock.system.now()
        let scopes = try scope.scopes(in: status)
        let command: OverrideCommand
        let question: String
        if force {
            let end = try until.end(zone: status.timeZone, now: now)
            command = .begin(.forcedOpen, scopes: scopes, reason: reason, until: end)
            question = "Open all \(status.lines.count) lines, regardless of their hours?"
        } else if followHours {
            command = .followHours(scopes)
            question = "Have all \(status.lines.count) lines follow their hours?"
        } else {
            command = .open(scopes)
            question = "Remove every closure of all \(status.lines.count) lines?"
        }
        if scope.all { try confirm(question, unless: yes) }
        show(try await client.carryOut(command), clock: OverrideTimeText(zone: status.timeZone, now: now))
    }
}
