// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import DeskDocuments
import Foundation
import Screen

/// What commands have in common that ask something of a running server.
protocol DeskCommand: AsyncParsableCommand {
    var desk: DeskOptions { get }

    /// Does it; what the server refuses is told by the caller.
    func run(with client: DeskClient) async throws
}

extension DeskCommand {
    func run() async throws {
        do {
            try await DeskClient.with(socket: desk.socket) { try await run(with: $0) }
        } catch let refusal as DeskSaysNo {
            guard desk.json else { throw refusal.commandFailure }
            StandardOutput.say(refusal.failure.document.text)
            throw CommandFailure(.failure, "")
        }
    }

    /// Says what was done: a line for people, or the whole for scripts.
    func tell(_ outcome: DeskOutcome, clock: DeskClock) {
        guard !desk.json else { return StandardOutput.say(outcome.document.text) }
        StandardOutput.say(CleanText.clean(OutcomeWords.line(outcome, clock: clock)))
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
