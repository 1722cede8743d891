// SPDX-License-Identifier: Apache-2.0

import Overrides
import ArgumentParser
import Calls
import Dashboard
import Rules
import TimeZones

/// Until when a command wants something.
struct UntilOptions: ParsableArguments {
    @ArgumentParser.Option(name: .customLong("for"), help: "How long, such as 30m, 2h or 1h30m.")
    var duration: String?

    @ArgumentParser.Option(
        help: "Until a time: 17:30, the next one on the clock of the rules file, or 2026-07-01T17:30:00+02:00.")
    var until: String?

    @Flag(help: "Until the hours of one of the lines next open or close it; this is the default.")
    var untilNextChange = false

    @Flag(help: "Until somebody takes it back.")
    var untilReopened = false

    /// Whether anything was said.
    var isGiven: Bool { given > 0 }

    private var given: Int { [duration != nil, until != nil, untilNextChange, untilReopened].count { $0 } }

    func validate() throws {
        guard given <= 1 else {
            throw ValidationError("Give one of --for, --until, --until-next-change and --until-reopened.")
        }
    }

    /// Reads what was given; a time of day is the next one in the zone.
    func wish(zone name: String, now: Instant) throws -> Until {
        if untilReopened { return .reopened }
        if let duration {
            guard let seconds = DurationText.seconds(duration), seconds > 0 else {
                throw CommandFailure(.usage, "--for takes a time such as 30m, 2h or 1h30m, not \(duration)")
            }
            return .lasting(seconds: seconds)
        }
        guard let until else { return .nextChange }
        if let instant = Instant(iso8601: until) { return .time(instant) }
        guard let second = TimeOfDay.seconds(until), let zone = TimeZones.zone(named: name) else {
            throw CommandFailure(
                .usage, "--until takes a time such as 17:30 or 2026-07-01T17:30:00+02:00, not \(until)")
        }
        return .time(LocalClock { zone.offset(at: $0) }.next(second, after: now))
    }
}
