// SPDX-License-Identifier: Apache-2.0

import Overrides
import ArgumentParser
import Calls
import CallAnswering

/// `switchboard open`: takes back what an operator closed, or skips the hours.
struct OpenCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open lines of the running server again, or force them open.")

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @Flag(help: "Skip the hours too; it ends by itself unless you say otherwise.")
    var force = false

    @Flag(help: "Take back a forced opening: the lines follow their hours again.")
    var followHours = false

    @ArgumentParser.Option(help: "Why; it stands in the audit and on every screen.")
    var reason = ""

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var desk: OperatorOptions

    func validate() throws {
        if force, followHours { throw ValidationError("--force and --follow-hours exclude each other.") }
        if !force, until.isGiven { throw ValidationError("Only --force has an end; opening takes a closure back.") }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let now = WallClock.system.now()
        let scopes = try scope.scopes()
        let order: OverrideCommand
        let question: String
        if force {
            let wish = try until.wish(zone: status.timeZone, now: now)
            order = .begin(.forcedOpen, scopes: scopes, reason: reason, until: wish)
            question = "Open all \(status.lines.count) lines, whatever their hours?"
        } else if followHours {
            order = .followHours(scopes)
            question = "Let all \(status.lines.count) lines follow their hours?"
        } else {
            order = .open(scopes)
            question = "Take back every closure of all \(status.lines.count) lines?"
        }
        if scope.all { try confirm(question, unless: yes) }
        tell(try await client.order(order), clock: OverrideTimeText(zone: status.timeZone, now: now))
    }
}
