// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides
import WireFormat

/// `switchboard note`: a note for whoever takes over, or on one call.
struct NoteCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Write a note into the audit for whoever takes over, or on a call.",
        discussion: """
            Every dashboard shows it, with your name and the time. A note on a call is in exports and reports too, and the \
            filter `has:note` finds the call.

            EXAMPLES:
              switchboard note "Carrier confirmed the outage; call them again at 23:00."
              switchboard note --call 5c4d030f-43e3 "Wants to be called back."
              switchboard note --call 5c4d030f-43e3 --remove
              switchboard note --call 5c4d030f-43e3 --remove --last
            """)

    @Argument(help: ArgumentHelp("The note.", valueName: "TEXT"))
    var text: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("Write it on this call, by the id that `calls` shows with --json.", valueName: "ID"))
    var call: String?

    @ArgumentParser.Option(name: .customLong("text"), help: ArgumentHelp("The note, as an option.", valueName: "TEXT"))
    var textOption: String?

    @Flag(help: "Remove the notes of the call; they stay in the audit.")
    var remove = false

    @Flag(help: "With --remove: only the last note that you wrote.")
    var last = false

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        if text != nil, textOption != nil { throw ValidationError("Give the note once, as TEXT or with --text.") }
        if remove, call == nil { throw ValidationError("--remove needs --call: notes of the desk stay in the audit.") }
        if last, !remove { throw ValidationError("--last needs --remove.") }
        guard remove == (text == nil && textOption == nil) else {
            throw ValidationError(remove ? "--remove takes no text." : "The note is missing.")
        }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let clock = OverrideTimeText(zone: status.timeZone, now: WallClock.system.now())
        show(try await client.carryOut(command), clock: clock)
    }

    private var command: OverrideCommand {
        let text = text ?? textOption ?? ""
        guard let call else { return .note(text) }
        let change: RemarkChange = remove ? last ? .rewriteNote(nil) : .removeNotes : .note(text)
        return .remark(change, on: CallID(call))
    }
}

/// `switchboard mark`: marks a call, so that it is found again.
struct MarkCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "mark", abstract: "Mark a call, so that it is found again.",
        discussion: """
            The filter `is:marked` finds it, and exports and reports have it, with your name and the time.

            EXAMPLES:
              switchboard mark --call 5c4d030f-43e3 --text "The carrier wants to hear this one."
              switchboard mark --call 5c4d030f-43e3 --remove
              switchboard calls is:marked
            """)

    @ArgumentParser.Option(help: ArgumentHelp("The call, by the id that `calls` shows with --json.", valueName: "ID"))
    var call: String

    @ArgumentParser.Option(help: ArgumentHelp("Write this note on the call too.", valueName: "TEXT"))
    var text: String?

    @Flag(help: "Remove the mark; notes stay.")
    var remove = false

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        if remove, text != nil { throw ValidationError("--remove takes no text.") }
    }

    func run(with client: ControlClient) async throws {
        let status = try await client.status()
        let clock = OverrideTimeText(zone: status.timeZone, now: WallClock.system.now())
        let id = CallID(call)
        guard let text else {
            return show(try await client.carryOut(.remark(remove ? .unmark : .mark, on: id)), clock: clock)
        }
        // The note first: one that is refused leaves nothing half done. The call may have its mark already.
        let noted = try await client.carryOut(.remark(.note(text), on: id))
        do {
            let marked = try await client.carryOut(.remark(.mark, on: id))
            if !operatorOptions.json { show(marked, clock: clock) }
        } catch let rejection as ServerRejection {
            guard rejection.failure.code == OverrideError.alreadyMarked(id).code else { throw rejection }
        }
        show(noted, clock: clock)
    }
}
