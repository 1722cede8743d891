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
            StandardOutput.document(refusal.failure.document.text)
            throw CommandFailure(.failure, "")
        }
    }

    /// Prints the result: sentences for people, or all of it as JSON.
    func show(_ outcome: OverrideResult, clock: OverrideTimeText) {
        guard !operatorOptions.json else { return StandardOutput.document(outcome.document.text) }
        let text = OverrideResultText(outcome, at: clock.now, on: clock.local)
        StandardOutput.say(CleanText.clean(text.headline))
        for note in text.notes { StandardError.say("Note: \(CleanText.clean(note)).") }
        for caveat in outcome.caveats { StandardError.say("Warning: \(CleanText.clean(caveat)).") }
    }

    /// Tries a command out and prints what it would do, line by line where lines differ.
    func showDryRun(of command: OverrideCommand, with client: ControlClient, clock: OverrideTimeText) async throws {
        let outcome = try await client.rehearse(command)
        guard !operatorOptions.json else { return StandardOutput.document(outcome.document.text) }
        let text = OverrideResultText(outcome, at: clock.now, on: clock.local)
        StandardOutput.say(CleanText.clean("dry run, nothing changed: \(text.headline)"))
        for row in text.comparison { StandardOutput.say("  " + CleanText.clean(row)) }
        for note in text.notes + outcome.caveats { StandardOutput.say("  " + CleanText.clean(note)) }
    }

    /// Whether somebody can answer a question, wherever the output goes.
    var isAttended: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks for confirmation at a terminal; without one, continues.
    func confirm(_ question: String, unless isSure: Bool) throws {
        guard !isSure, isAttended else { return }
        let words = CleanText.clean(question) + " [y/N]"
        guard Self.ask(words) else {
            throw CommandFailure(.failure, "Nothing changed: the terminal shows no question; confirm with --yes.")
        }
        let answer = readLine()?.trimmed.lowercased() ?? ""
        guard ["y", "yes"].contains(answer) else { throw CommandFailure(.failure, "Nothing changed.") }
    }

    /// Writes a question where a person sees it: to stderr, or to the terminal itself if stderr goes elsewhere.
    private static func ask(_ words: String) -> Bool {
        if isatty(STDERR_FILENO) == 1 {
            StandardError.say(words)
            return true
        }
        // A process without a controlling terminal may still have one as its stdin.
        let names = ["/dev/tty", ttyname(STDIN_FILENO).map { String(cString: $0) }].compactMap(\.self)
        for name in names {
            let terminal = open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC)
            guard terminal >= 0 else { continue }
            defer { close(terminal) }
            if FileDescriptor(number: terminal).write(Array((words + "\n").utf8)) == 0 { return true }
        }
        return false
    }
}

/// Which server a command asks.
struct SocketOption: ParsableArguments {
    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Control socket; default: $XDG_RUNTIME_DIR/switchboard.sock, then the one in the state folder.",
            valueName: "PATH"), completion: .file())
    var socket: String?
}

/// The options of the commands for a running server.
struct OperatorOptions: ParsableArguments {
    @OptionGroup var server: SocketOption

    var socket: String? { server.socket }

    @Flag(help: "Print JSON.")
    var json = false
}

/// Times by the clock of the server's rules file, for the output of commands.
struct OverrideTimeText {
    private let zone: Zone
    let now: Instant

    init(zone name: String, now: Instant) {
        zone = TimeZones.zone(named: name) ?? .utc
        self.now = now
    }

    /// What the desk's clock shows.
    func local(_ instant: Instant) -> LocalTime { zone.local(instant) }

    /// A past time: hours and minutes, with the date if it is another day.
    func time(_ instant: Instant) -> String {
        let local = zone.local(instant)
        return local.date == zone.local(now).date ? local.clock : "\(local.date) \(local.clock)"
    }

    /// A time ahead: with the weekday or the date if it is another day.
    func upcoming(_ instant: Instant) -> String { zone.local(instant).upcoming(from: zone.local(now)) }

    /// The end of an override, such as `until 17:30 (in 2 h 12 min)`.
    func end(_ until: Instant?) -> String { OverrideResultText.end(until, at: now, on: local) }
}
