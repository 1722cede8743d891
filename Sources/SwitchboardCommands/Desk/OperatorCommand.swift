// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import ArgumentParser
import Calls
import WireFormat
import Foundation
import Screen

/// What commands have in common that ask something of a running server.
protocol OperatorCommand: AsyncParsableCommand {
    var desk: OperatorOptions { get }

    /// Does it; what the server refuses is told by the caller.
    func run(with client: ControlClient) async throws
}

extension OperatorCommand {
    func run() async throws {
        do {
            try await ControlClient.with(socket: desk.socket) { try await run(with: $0) }
        } catch let refusal as ServerRejection {
            guard desk.json else { throw refusal.commandFailure }
            StandardOutput.say(refusal.failure.document.text)
            throw CommandFailure(.failure, "")
        }
    }

    /// Says what was done: a line for people, or the whole for scripts.
    func tell(_ outcome: OverrideResult, clock: OverrideTimeText) {
        guard !desk.json else { return StandardOutput.say(outcome.document.text) }
        StandardOutput.say(CleanText.clean(OverrideResultText.line(outcome, clock: clock)))
        for caveat in outcome.caveats { StandardError.say("Mind: \(CleanText.clean(caveat)).") }
    }

    /// Asks at a terminal whether to go on; where there is none, nobody is asked.
    func confirm(_ question: String, unless isSure: Bool) throws {
        guard !isSure, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return }
        StandardError.say(CleanText.clean(question) + " [y/N]")
        let answer = readLine()?.lowercased() ?? ""
        guard ["y", "yes"].contains(answer) else { throw CommandFailure(.failure, "Nothing was changed.") }
    }
}
