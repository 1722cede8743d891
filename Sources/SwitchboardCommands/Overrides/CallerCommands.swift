// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Overrides
import WireFormat

/// The caller of `block` and `allow`, and whether the override is taken back.
struct CallerOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The caller's number in any spelling; a national one is read as in the country of your lines.",
            valueName: "NUMBER"))
    var number: String

    @Flag(help: "Remove what is set for the caller.")
    var clear = false

    @ArgumentParser.Option(
        help: ArgumentHelp("Reason; shown in the audit and on every dashboard.", valueName: "TEXT"))
    var reason = ""

    /// The number, as the server reads those of callers.
    func caller(in status: ServerStatus) throws -> PhoneNumber {
        guard let caller = LineNames(status.lines).caller(number) else {
            throw CommandFailure(.usage, "NUMBER: \"\(number)\" is not a phone number; example: +31612345678")
        }
        return caller
    }
}

extension EndOptions {
    /// The end of an override on a caller.
    func endOnCaller(zone: String, now: Instant) throws -> Until {
        try end(zone: zone, now: now) ?? .lasting(seconds: CommandDocument.usualTimeOnCallers)
    }
}

/// `switchboard block`: rejects the calls of one caller.
struct BlockCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Reject the calls of one caller on every line.",
        discussion: """
            It comes before everything else, from the next call on, and ends after 8 hours unless you say otherwise. It \
            replaces what was set for the caller before.

            EXAMPLES:
              switchboard block +31612345678 --for 8h --reason "prank calls"
              switchboard block "06 12345678" --say "Please write to us instead." --until-reopened
              switchboard block +31612345678 --clear
            """)

    @OptionGroup var caller: CallerOptions
    @OptionGroup var until: EndOptions

    @ArgumentParser.Option(
        help: ArgumentHelp("What the caller hears; default: the closing text of the rules file.", valueName: "TEXT"))
    var say: String?

    @OptionGroup var confirmation: ConfirmationOptions

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        if caller.clear, until.isGiven || say != nil {
            throw ValidationError("--clear takes neither an end nor a text.")
        }
    }

    func run(with client: ControlClient) async throws {
        try await carryOut(on: caller, until: until, confirmation, with: client) { status in
            .blocked(says: say ?? status.closingTexts.first ?? "")
        }
    }
}

/// `switchboard allow`: lets one caller in while lines are closed.
struct AllowCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "allow", abstract: "Let one caller in although lines are closed.",
        discussion: """
            Closures and hours do not apply to the caller, rules do: one of them may still reject the call. It ends after \
            8 hours unless you say otherwise, and replaces what was set for the caller before.

            EXAMPLES:
              switchboard allow +31612345678 --for 2h --reason "engineer on site"
              switchboard allow +31612345678 --clear
            """)

    @OptionGroup var caller: CallerOptions
    @OptionGroup var until: EndOptions

    @OptionGroup var confirmation: ConfirmationOptions

    @OptionGroup var operatorOptions: OperatorOptions

    func validate() throws {
        if caller.clear, until.isGiven { throw ValidationError("--clear takes no end.") }
    }

    func run(with client: ControlClient) async throws {
        try await carryOut(on: caller, until: until, confirmation, with: client) { _ in .allowed }
    }
}

extension OperatorCommand {
    /// Begins an override of a kind on the caller, or takes back what is set.
    fileprivate func carryOut(
        on caller: CallerOptions, until: EndOptions, _ confirmation: ConfirmationOptions, with client: ControlClient,
        _ kind: (ServerStatus) -> CallerOverride.Kind
    ) async throws {
        let status = try await client.status()
        let number = try caller.caller(in: status)
        guard !caller.clear else {
            return try await carryOut(.clearCallers([number]), asking: nil, confirmation, with: client)
        }
        let end = try until.endOnCaller(zone: status.timeZone, now: WallClock.system.now())
        let command = OverrideCommand.beginOnCallers(
            kind(status), callers: [number], reason: caller.reason, until: end)
        try await carryOut(command, asking: nil, confirmation, with: client)
    }
}
