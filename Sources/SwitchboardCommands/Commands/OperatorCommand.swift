// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import Foundation
import JSON
import Overrides
import Rules
import Screen
import TimeZones
import WireFormat

/// A command for a running server.
protocol OperatorCommand: AsyncParsableCommand {
    var operatorOptions: OperatorOptions { get }

    /// Does the work; the caller prints what the server rejects.
    func run(with client: ControlClient) async throws
}

extension OperatorCommand {
    func run() async throws {
        do {
            try await ControlClient.with(socket: operatorOptions.socket) { try await run(with: $0) }
        } catch let refusal as ServerRejection {
            guard operatorOptions.json else { throw refusal.commandFailure }
            StandardOutput.say(refusal.failure.document.text)
            throw CommandFailure(.failure, "")
        }
    }

    /// Prints the result: a line for people, or all of it as JSON.
    func show(_ outcome: OverrideResult, clock: OverrideTimeText) {
        guard !operatorOptions.json else { return StandardOutput.say(outcome.document.text) }
        StandardOutput.say(CleanText.clean(OverrideResultText.line(outcome, clock: clock)))
        for caveat in outcome.caveats { StandardError.say("Warning: \(CleanText.clean(caveat)).") }
    }

    /// Asks for confirmation at a terminal; without one, continues.
    func confirm(_ question: String, unless isSure: Bool) throws {
        guard !isSure, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return }
        StandardError.say(CleanText.clean(question) + " [y/N]")
        let answer = readLine()?.lowercased() ?? ""
        guard ["y", "yes"].contains(answer) else { throw CommandFailure(.failure, "Nothing changed.") }
    }
}

/// The options of the commands for a running server.
struct OperatorOptions: ParsableArguments {
    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Control socket; default: $XDG_RUNTIME_DIR/switchboard.sock, then the one in the state folder.",
            valueName: "PATH"))
    var socket: String?

    @Flag(help: "Print JSON.")
    var json = false
}

/// The result of an override command, in one line.
enum OverrideResultText {
    static func line(_ outcome: OverrideResult, clock: OverrideTimeText) -> String {
        guard let first = outcome.begun.first else { return outcome.words }
        let text = first.kind.text.map { "; callers hear \"\($0)\"" } ?? ""
        return "\(outcome.words) \(clock.end(first.until))\(text)"
    }
}

/// Times by the clock of the server's rules file, for the output of commands.
struct OverrideTimeText {
    private let zone: Zone
    let now: Instant

    init(zone name: String, now: Instant) {
        zone = TimeZones.zone(named: name) ?? .utc
        self.now = now
    }

    /// Hours and minutes; with the date if it is another day.
    func time(_ instant: Instant) -> String {
        let local = zone.local(instant)
        return local.date == zone.local(now).date ? local.clock : "\(local.date) \(local.clock)"
    }

    /// The end of an override, such as `until 17:30 (in 2 h 12 min)`.
    func end(_ until: Instant?) -> String {
        guard let until else { return "until an operator removes it" }
        return "until \(time(until)) (in \(DurationText.words(seconds: until.microseconds(since: now) / 1_000_000)))"
    }
}
