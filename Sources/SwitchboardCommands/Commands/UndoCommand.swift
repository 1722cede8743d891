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
        try await carryOut(.undo, asking: wide.map { words in { _ in "Undo: \(words)?" } }, confirmation, with: client)
    }
}
