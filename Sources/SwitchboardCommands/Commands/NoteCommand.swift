// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Overrides

/// `switchboard note`: a note for whoever takes over.
struct NoteCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Write a note into the audit, for whoever takes over.",
        discussion: """
            Every dashboard shows it, with your name and the time.

            Example:
              switchboard note "Carrier confirmed the outage; call them again at 23:00."
            """)

    @Argument(help: ArgumentHelp("The note.", valueName: "TEXT"))
    var text: String

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let clock = OverrideTimeText(zone: status.timeZone, now: WallClock.system.now())
        show(try await client.carryOut(.note(text)), clock: clock)
    }
}
