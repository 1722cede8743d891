// SPDX-License-Identifier: Apache-2.0

import Overrides
import ArgumentParser
import Calls
import CallAnswering

/// `switchboard undo`: takes back the last operator action.
struct UndoCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back the last thing that an operator did; again, the one before it.")

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var desk: OperatorOptions

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        if let undo = status.undo, status.isWide(undo) { try confirm("Take back: \(undo.words)?", unless: yes) }
        let clock = OverrideTimeText(zone: status.timeZone, now: WallClock.system.now())
        tell(try await client.order(.undo), clock: clock)
    }
}
