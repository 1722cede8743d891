// SPDX-License-Identifier: Apache-2.0

import Overrides
import ArgumentParser
import Calls
import CallAnswering

/// `switchboard close`: the next caller hears that the line is closed.
struct CloseCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close lines of the running server: callers hear a text.",
        discussion: "It ends by itself: at the next opening or closing of the lines, or when you say.")

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var until: UntilOptions

    @ArgumentParser.Option(help: "Why; it stands in the audit and on every screen.")
    var reason: String

    @ArgumentParser.Option(help: "What callers hear; else the closing text of the rules file.")
    var say: String?

    @Flag(
        help: "Let the assistant answer and tell it, instead of rejecting the call; the platform then sends its report."
    )
    var inform = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var desk: OperatorOptions

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let now = WallClock.system.now()
        let clock = OverrideTimeText(zone: status.timeZone, now: now)
        let wish = try until.wish(zone: status.timeZone, now: now)
        let scopes = try scope.scopes()
        let text = say ?? status.closingTexts.first ?? ""
        if scope.all {
            let lines = "all \(status.lines.count) lines"
            try confirm("Close \(lines)? Callers hear \"\(text)\".", unless: yes)
        }
        if wish == .reopened {
            try confirm("It has no end: the lines stay closed until somebody opens them. Sure?", unless: yes)
        }
        let kind: Override.Kind = inform ? .inform(says: text) : .closed(says: text)
        let order = OverrideCommand.begin(kind, scopes: scopes, reason: reason, until: wish)
        tell(try await client.order(order), clock: clock)
    }
}
