// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import EventLog
import OutboundHTTP
import Overrides
import Screen
import WireFormat

/// `switchboard status`: the state of the running server.
struct StatusCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show each line's state, what callers hear, why, and until when.")

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        let body = try await client.send(.get, "/v1/status")
        guard !operatorOptions.json else { return StandardOutput.document(String(decoding: body, as: UTF8.self)) }
        let report = try client.read(body) { bytes throws(DocumentProblem) in try StatusReport(bytes) }
        let clock = OverrideTimeText(zone: report.server.timeZone, now: WallClock.system.now())
        for line in StatusText.lines(report, clock: clock) { StandardOutput.say(CleanText.clean(line)) }
    }
}

/// The status for people: warnings first, then the overrides, then line by line.
enum StatusText {
    static func lines(_ status: StatusReport, clock: OverrideTimeText) -> [String] {
        let server = status.server
        let signed = server.isSigned ? "signed" : "UNSIGNED"
        let rules = server.rules.words(clock.time).map { ["WARNING: \($0)"] } ?? []
        let probe = server.probe?.alarm(clock.time).map { ["WARNING: \($0)"] } ?? []
        let journal = server.journal?.alarm(clock.time).map { ["WARNING: \($0)"] } ?? []
        let desk = server.shared?.alarms(clock.time).map { "WARNING: \($0)" } ?? []
        return desk + rules + probe + journal + server.warnings.map { "WARNING: \($0)" }
            + [
                LinesSummary(server, at: clock.now).words(at: clock.now, dot: "·", on: clock.local),
                "listening at \(server.webhookURL), \(signed)",
            ]
            + replicas(server.shared, clock)
            + [server.probe.flatMap { quiet($0, clock) }].compactMap(\.self)
            + server.overrides.map {
                words($0, in: server, clock)
            }
            + callers(server.callers, clock, isMasked: server.masksNumbers)
            + server.lines.flatMap { line in
                words(line, clock)
                    + [status.lineCounts[line.number].map { "  \(Self.words($0, of: line.number, server.day))" }]
                    .compactMap(\.self)
                    + (status.silences[line.number].map { [Self.words($0)] } ?? [])
            }
            + (status.unknownLine.calls > 0 ? ["other numbers", "  \(status.unknownLine.words)"] : [])
            + [server.bypassesNow.words].compactMap(\.self)
            + [server.day.flatMap { $0.isWhole ? "today \($0.today(status.counts).words)" : nil }].compactMap(\.self)
            + [
                "since the start \(status.counts.words)" + (status.evicted > 0 ? "; \(status.evicted) evicted" : ""),
                RefusalWords.sentence(status.refused, by: status.refusedBy),
                answers(status),
            ]
    }

    /// The desk, and its replicas one by one.
    private static func replicas(_ shared: SharedDeskStatus?, _ clock: OverrideTimeText) -> [String] {
        guard let shared else { return [] }
        return [shared.words]
            + shared.replicas.map { replica in
                let heard = replica.isHeard ? "" : ", last heard \(clock.time(replica.lastHeard))"
                let own = replica.name == shared.replica ? " (this one)" : ""
                let offset = replica.clockOffset.map { ", clock \($0 > 0 ? "+" : "")\($0) ms" } ?? ""
                return
                    "  \(replica.name)\(own): \(replica.versionWords)\(replica.obeys ? "" : ", does NOT obey"), rules \(replica.rules), "
                    + "\(replica.callsPerSecond) calls/s\(offset), version \(replica.program)\(heard)"
            }
    }

    /// How many callers are blocked and allowed, and each of the newest ones.
    private static func callers(_ callers: CallersStatus, _ clock: OverrideTimeText, isMasked: Bool) -> [String] {
        guard let words = callers.words else { return [] }
        let first = callers.nextEnd.map { ", first ends \(clock.upcoming($0))" } ?? ""
        let more = callers.isCut ? ", the newest \(callers.newest.count):" : ":"
        let listed = callers.newest.map { "  " + Self.words($0, clock) }
        return ["\(words)\(first)\(more)"] + (isMasked ? listed.map { NumberMask.masked($0) } : listed)
    }

    private static func words(_ override: CallerOverride, _ clock: OverrideTimeText) -> String {
        let text = override.kind.text.map { ": \"\($0)\"" } ?? ""
        let reason = override.reason.isEmpty ? "" : ", reason: \(override.reason)"
        return "\(override.caller) \(override.kind.word) \(clock.end(override.until)), since "
            + "\(clock.time(override.since)) by \(override.who)\(reason)\(text)"
    }

    /// The state of the probe while it does not fail.
    private static func quiet(_ probe: ProbeStatus, _ clock: OverrideTimeText) -> String? {
        guard let newest = probe.newest else { return "the probe of \(probe.url) has no result yet" }
        guard let milliseconds = newest.outcome.milliseconds else { return nil }
        return "the probe of \(probe.url) succeeded at \(clock.time(newest.at)), in \(milliseconds) ms"
    }

    /// The counts of a line: today's once the whole day is known.
    private static func words(_ counts: OutcomeCounts, of line: PhoneNumber, _ day: DayCounts?) -> String {
        guard let day, day.isWhole else { return counts.words }
        return "today \(day.today(counts, of: line).words)"
    }

    /// How long no call came; in front of what is unusual is a warning, so that it is found.
    private static func words(_ silence: Silence) -> String {
        silence.isUnusual ? "  WARNING: \(silence.words)" : "  \(silence.words)"
    }

    private static func answers(_ status: StatusReport) -> String {
        guard let times = status.latency else { return "no answers yet" }
        return "answers p50 \(times.p50), p99 \(times.p99), max \(times.max) of \(PlatformLimits.answerMilliseconds) ms"
    }

    private static func words(_ override: Override, in server: ServerStatus, _ clock: OverrideTimeText) -> String {
        let deed =
            switch override.kind {
            case .closed: "CLOSED"
            case .inform: "CLOSED (the assistant announces it)"
            case .forcedOpen: "FORCED OPEN"
            case .greeting: "FORCED GREETING"
            }
        let text = override.kind.text.map { ": \"\($0)\"" } ?? ""
        // The number of a line is not a caller's, and stays.
        let given = server.masksNumbers ? NumberMask.masked(override.reason) : override.reason
        let reason = given.isEmpty ? "" : ", reason: \(given)"
        let age = override.isOld(at: clock.now) ? ", OLD: still needed?" : ""
        return "\(deed) \([override.scope].words) \(clock.end(override.until)), since \(clock.time(override.since)) "
            + "by \(override.who)\(reason)\(text)\(age)\(limit(of: override, in: server, clock))"
    }

    /// Where the override does less than its kind says.
    private static func limit(of override: Override, in server: ServerStatus, _ clock: OverrideTimeText) -> String {
        guard !server.isIdle(override) else { return "; NO EFFECT: not in the rules file" }
        return OverrideReach(override, in: server, at: clock.now).words.map { "; BUT \($0)" } ?? ""
    }

    /// The state of a line, and below it what its callers hear.
    private static func words(_ line: LineStatus, _ clock: OverrideTimeText) -> [String] {
        let group = line.group.map { " [\($0)]" } ?? ""
        let until = line.changes.first.map { " until \(time($0, clock)), then \($0.state.rawValue) by \($0.by)" } ?? ""
        // The first change may leave a closed line closed.
        let turn = line.turn.flatMap { turn in
            turn == line.changes.first ? nil : "; \(turn.state.rawValue) from \(time(turn, clock))"
        }
        return [
            "\(line.number) \(line.name)\(group): \(line.state.rawValue) by \(line.by)\(until)\(turn ?? "")",
            "  callers hear \(line.says)",
        ]
    }

    /// By the desk's clock, and by the line's own where that shows another time.
    private static func time(_ change: LineStatus.Change, _ clock: OverrideTimeText) -> String {
        clock.upcoming(change.at) + (change.local(besides: clock.local).map { " (\($0))" } ?? "")
    }
}
