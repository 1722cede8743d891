// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Dashboard
import Overrides
import Rules
import TimeZones

/// The phone lines that a command applies to.
struct ScopeOptions: ParsableArguments {
    @Flag(help: "All lines.")
    var all = false

    @ArgumentParser.Option(
        name: .customLong("group"), help: ArgumentHelp("A group of lines; may be repeated.", valueName: "NAME"),
        completion: ShellCompletion.groups)
    var groups: [String] = []

    @ArgumentParser.Option(
        name: .customLong("line"),
        help: ArgumentHelp("A line by its name or number; may be repeated.", valueName: "LINE"),
        completion: ShellCompletion.lines)
    var lines: [String] = []

    func validate() throws {
        if all, !groups.isEmpty || !lines.isEmpty {
            throw ValidationError("--all cannot be combined with --group or --line.")
        }
        if !all, groups.isEmpty, lines.isEmpty {
            throw ValidationError("Choose lines with --all, --group NAME or --line LINE.")
        }
    }

    /// The scopes, among the lines of a server.
    func scopes(in status: ServerStatus) throws -> [Scope] {
        if all { return [.all] }
        let names = LineNames(status.lines)
        let numbers = try lines.map { text in
            do throws(LineNames.Problem) {
                if let number = try names.called(text).number { return Scope.line(number) }
            } catch {
                throw CommandFailure(.usage, "--line: \"\(text)\" is \(error)")
            }
            throw CommandFailure(.usage, "--line: \"\(text)\" is not a phone number; example: +31850835037")
        }
        let known = status.lines.groups
        let named = groups.map { name in
            // Case does not count where it leads to one group.
            let alike = known.filter { $0.lowercased() == name.trimmed.lowercased() }
            return Scope.group(known.contains(name) || alike.count != 1 ? name : alike[0])
        }
        return named + numbers
    }
}

/// When an override ends: after a time, at a time, or by hand.
struct EndOptions: ParsableArguments {
    @ArgumentParser.Option(
        name: .customLong("for"),
        help: ArgumentHelp("End after a duration, such as 30m, 2h or 1h30m.", valueName: "DURATION"))
    var duration: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "End at a time, on the clock of the rules file: 17:30 (the next one), 'tomorrow 9:00', 'mon 9:00', "
                + "'2026-07-01 17:30', or with an offset: 2026-07-01T17:30+02:00.",
            valueName: "TIME"))
    var until: String?

    @Flag(help: "No end; an operator has to remove it.")
    var untilReopened = false

    /// Whether an end was given.
    var isGiven: Bool { given > 0 }

    private var given: Int { [duration != nil, until != nil, untilReopened].count { $0 } }

    func validate() throws {
        guard given <= 1 else { throw ValidationError("--for, --until and --until-reopened cannot be combined.") }
    }

    /// Reads the options; a time of day is the next one in the zone, and `nil` means that none was given.
    func end(zone name: String, now: Instant) throws -> Until? {
        if untilReopened { return .reopened }
        if let duration {
            guard let seconds = DurationText.seconds(duration), seconds > 0 else {
                throw CommandFailure(.usage, "--for: \"\(duration)\" is not a duration; examples: 30m, 2h, 1h30m")
            }
            return .lasting(seconds: seconds)
        }
        guard let until else { return nil }
        let clock = TimeZones.zone(named: name).map { zone in LocalClock { zone.offset(at: $0) } }
        guard let clock, let end = MomentText.read(until, now: now, clock: clock) else {
            throw CommandFailure(.usage, "--until: \"\(until)\" is not a time; examples: \(MomentText.examples)")
        }
        if let oddity = MomentText.oddity(of: until, read: end, clock: clock) {
            StandardError.say("Note: --until: \(oddity).")
        }
        return .time(end)
    }
}

/// When an override on lines ends, which have hours.
struct UntilOptions: ParsableArguments {
    @OptionGroup var end: EndOptions

    @Flag(help: "End when one of the lines next opens or closes by its hours; the default.")
    var untilNextChange = false

    /// Whether an end was given.
    var isGiven: Bool { untilNextChange || end.isGiven }

    func validate() throws {
        if untilNextChange, end.isGiven {
            throw ValidationError("--until-next-change cannot be combined with --for, --until or --until-reopened.")
        }
    }

    func end(zone: String, now: Instant) throws -> Until { try end.end(zone: zone, now: now) ?? .nextChange }
}

extension OverrideCommand {
    /// Whether it begins something that only an operator ends.
    fileprivate var hasNoEnd: Bool {
        switch self {
        case .begin(_, _, _, let until), .beginOnCallers(_, _, _, let until): until == .reopened
        case .open, .followHours, .clearGreeting, .clearCallers, .end, .undo, .note, .remark: false
        }
    }
}

/// How an override command is carried out.
struct ConfirmationOptions: ParsableArguments {
    @Flag(help: "Show what would change, line by line, and change nothing.")
    var dryRun = false

    @Flag(help: "Skip the confirmation prompt.")
    var yes = false
}

extension OperatorCommand {
    /// The lines, by count.
    static func count(_ lines: [LineStatus]) -> String {
        switch lines.count {
        case 0: "every number"
        case 1: "the only line"
        default: "all \(lines.count) lines"
        }
    }

    /// Asks about a command, with its end and all that limits it, by the server's own rehearsal.
    static func question(_ words: String, _ outcome: OverrideResult, zone: String, also: String? = nil) -> String {
        let clock = OverrideTimeText(zone: zone, now: WallClock.system.now())
        let end = outcome.effect?.act == .begin ? outcome.begun.first.map { " \(clock.end($0.until))" } ?? "" : ""
        let text = OverrideResultText(outcome, at: clock.now, on: clock.local)
        let notes = (text.notes + outcome.caveats).map { "\($0.prefix(1).uppercased())\($0.dropFirst())." }
        let after = outcome.effect?.act == .begin ? [] : ["Then: \(text.headline)."]
        return (["\(words)\(end)?"] + [also].compactMap(\.self) + after + notes).joined(separator: " ")
    }

    /// Carries a command out: tries it out with `--dry-run`, asks where it changes all lines or has no end.
    func carryOut(
        _ command: OverrideCommand, asking question: ((OverrideResult) -> String)?, _ options: ConfirmationOptions,
        with client: ControlClient
    ) async throws {
        let zone = try await client.status().timeZone
        var clock: OverrideTimeText { OverrideTimeText(zone: zone, now: WallClock.system.now()) }
        guard !options.dryRun else { return try await showDryRun(of: command, with: client, clock: clock) }
        if let question, !options.yes, isAttended {
            // What is asked is what the server would do now, its end included.
            try confirm(question(try await client.rehearse(command)), unless: options.yes)
        }
        if command.hasNoEnd {
            try confirm("No end: it stays in force until an operator removes it. Continue?", unless: options.yes)
        }
        show(try await client.carryOut(command), clock: clock)
    }
}
