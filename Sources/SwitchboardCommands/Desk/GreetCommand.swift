// SPDX-License-Identifier: Apache-2.0

import Overrides
import ArgumentParser
import Calls
import CallAnswering

/// `switchboard greet`: every caller who is let in is greeted with a text.
struct GreetCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "greet", abstract: "Force a greeting on lines of the running server, or clear it.")

    @Argument(help: "What callers hear first.")
    var text: String?

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @Flag(help: "Let the answers greet again as they would.")
    var clear = false

    @ArgumentParser.Option(help: "Why; it stands in the audit and on every screen.")
    var reason = ""

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var desk: OperatorOptions

    func validate() throws {
        guard (text != nil) != clear else { throw ValidationError("Give the text of the greeting, or --clear.") }
        if clear, until.isGiven { throw ValidationError("Clearing has no end.") }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let now = WallClock.system.now()
        let scopes = try scope.scopes()
        let lines = "all \(status.lines.count) lines"
        let order: OverrideCommand
        if let text {
            let wish = try until.wish(zone: status.timeZone, now: now)
            order = .begin(.greeting(text), scopes: scopes, reason: reason, until: wish)
            if scope.all { try confirm("Greet every caller of \(lines) with \"\(text)\"?", unless: yes) }
        } else {
            order = .clearGreeting(scopes)
            if scope.all { try confirm("Clear the forced greetings of \(lines)?", unless: yes) }
        }
        tell(try await client.order(order), clock: OverrideTimeText(zone: status.timeZone, now: now))
    }
}
