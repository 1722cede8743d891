// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard undo`: undoes the last operator action.
struct UndoCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Undo the last operator action; repeat to undo earlier ones.")

    @OptionGroup var confirmation: ConfirmationOptions

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let wide = status.undo.flatMap { status.isWide($0) ? $0.words : nil }
        let question = wide.map { words in
            { (outcome: OverrideResult) in Self.question("Undo: \(words)", outcome, zone: status.timeZone) }
        }
        try await carryOut(.undo, asking: question, confirmation, with: client)
    }
}
