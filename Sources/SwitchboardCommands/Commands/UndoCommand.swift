// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides

/// `switchboard undo`: undoes the last operator action.
struct UndoCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Undo the last operator action; repeat to undo earlier ones.")

    @Flag(help: "Skip the confirmation prompt.")
    var yes = false

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        if let undo = status.undo, status.isWide(undo) { try confirm("Undo: \(undo.words)?", unless: yes) }
        let clock = OverrideTimeText(zone: status.timeZone, now: WallClock.system.now())
        show(try await client.carryOut(.undo), clock: clock)
    }
}
