// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import Filters
import Rules
import Screen
import TimeZones
import WireFormat

/// The calls that a command is about.
struct SelectionOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Only calls that match, such as `from:+49 is:bad` (docs/filters.md).", valueName: "FILTER"))
    var filter: [String] = []

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Only calls from this time on: 10m, 14:30, 'yesterday 18:00', 2026-06-02T10:00.", valueName: "TIME"))
    var since: String?

    @ArgumentParser.Option(help: ArgumentHelp("Only calls before this time.", valueName: "TIME"))
    var until: String?

    /// The filter as one text.
    var text: String { FilterArguments.joined(filter) }

    /// Its period, as far as that can be read without the lines of a server; `nil` where something in it is wrong.
    func period(now: Instant, _ clock: LocalClock) -> Period? {
        let setting = FilterSetting(now: now, clock: clock, plan: ConfigurationSource.numbers, country: nil)
        do {
            let period = try Period.read(since: since, until: until, now: now, clock: clock)
            return try CallFilter(text, setting, in: period).period
        } catch {
            return nil
        }
    }

    /// The names and values that a request has for it.
    var query: [(String, String)] {
        let all = [("filter", text.isEmpty ? nil : text), ("since", since), ("until", until)]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}

/// The options `--since` and `--until`, read by this program rather than by a server.
enum PeriodOptions {
    /// `end` names `now` where that is the end of something.
    static func period(
        since: String?, until: String?, now: Instant, clock: LocalClock, end: String? = nil
    ) throws -> Period {
        do throws(NotAPeriod) {
            return try Period.read(since: since, until: until, now: now, clock: clock)
        } catch {
            guard case .notYet(let since) = error, let end else { throw CommandFailure(.usage, "--\(error)") }
            throw CommandFailure(.usage, "--since: \"\(since)\" is after the end of \(end)")
        }
    }
}

extension LocalClock {
    /// The clock of a time zone by its name; UTC if nobody knows that.
    static func ofZone(_ name: String) -> LocalClock {
        let zone = TimeZones.zone(named: name) ?? .utc
        return LocalClock { zone.offset(at: $0) }
    }
}

/// A path with a query.
enum RequestTarget {
    static func target(_ path: String, _ query: [(String, String)]) -> String {
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { "\($0)=\(escaped($1))" }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { escaped, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }
}

extension ServerRejection {
    /// The failure for people: wrong usage, with the place where the filter is wrong.
    func failure(in selection: SelectionOptions) -> CommandFailure {
        let usage = FilterMistake(failure).map { _ in ExitReason.usage }
        guard let usage else { return commandFailure }
        let text = selection.text
        guard let place = failure.place, place.upperBound <= text.unicodeScalars.count else {
            return CommandFailure(usage, CleanText.clean(failure.message))
        }
        let scalars = Array(text.unicodeScalars)
        let before = DisplayWidth.of(String(String.UnicodeScalarView(scalars[..<place.lowerBound])))
        let wrong = DisplayWidth.of(String(String.UnicodeScalarView(scalars[place])))
        let caret = String(repeating: " ", count: before) + String(repeating: "^", count: max(1, wrong))
        return CommandFailure(usage, "\(CleanText.clean(failure.message))\n  \(CleanText.clean(text))\n  \(caret)")
    }
}

/// What the server found wrong with a filter or a time.
private struct FilterMistake {
    init?(_ failure: ControlFailure) {
        guard FilterError.Code(rawValue: failure.code) != nil else { return nil }
    }
}
