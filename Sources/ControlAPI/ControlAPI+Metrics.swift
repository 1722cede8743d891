// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ControlServer
import EventLog
import Overrides

extension ControlAPI {
    /// The upper bounds of the latency buckets, in microseconds, up to the time that the platform waits.
    private static let bounds: [UInt64] = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        4_000_000, UInt64(PlatformLimits.answer.nanoseconds / 1000),
    ]

    /// Counts for Prometheus.
    func metrics() -> ControlReply {
        let log = ownCounted()
        let status = dependencies.status()
        var metrics = Metrics()
        metrics.describe("switchboard_build_info", .gauge, "The version of the program; always 1.")
        metrics.add("switchboard_build_info", ["version": dependencies.version], 1)
        counters(.requests, log.totals, in: &metrics)
        refusals(log.totals, in: &metrics)
        counters(.calls, log.totals, in: &metrics)
        outcomes(LineSeries(log.lines, status.lines), in: &metrics)
        today(dependencies.ownDay() ?? status.day, log.totals.outcomes, in: &metrics)
        silence(log.lines, status.lines, in: &metrics)
        answers(log.totals, in: &metrics)
        latency(log.totals, in: &metrics)
        memory(log, in: &metrics)
        journal(status.journal, in: &metrics)
        overrides(status, in: &metrics)
        rulesFile(status.rules, in: &metrics)
        probe(status.probe?.newest, in: &metrics)
        certificate(in: &metrics)
        desk(status.shared, in: &metrics)
        return ControlReply(
            contentType: "text/plain; version=0.0.4; charset=utf-8", body: .bytes(Array(metrics.text.utf8)))
    }

    /// The desk that this server is a replica of.
    private func desk(_ shared: SharedDeskStatus?, in metrics: inout Metrics) {
        guard let shared else { return }
        let version = "switchboard_replica_overrides_version"
        metrics.describe(version, .gauge, "The version of the overrides in force, by replica as this one knows it.")
        for replica in shared.replicas {
            if let number = replica.version { metrics.add(version, ["replica": replica.name], number) }
        }
        let obeys = "switchboard_replica_obeys"
        metrics.describe(obeys, .gauge, "Whether a replica is heard and has the overrides of this one.")
        for replica in shared.replicas { metrics.add(obeys, ["replica": replica.name], replica.obeys ? 1 : 0) }
        let missed = "switchboard_replica_call_changes_missed_total"
        metrics.describe(missed, .counter, "Changes of calls of another replica that did not come here.")
        for gap in shared.gaps { metrics.add(missed, ["replica": gap.replica], Int(clamping: gap.changes)) }
        let contact = "switchboard_engine_contact"
        metrics.describe(contact, .gauge, "How newly the engine of the desk was heard; one of the states is 1.")
        for state in ["fresh", "stale", "cut off", "never"] {
            metrics.add(contact, ["state": state], shared.contact.word == state ? 1 : 0)
        }
        metrics.add(
            "switchboard_overrides_here_only", .gauge, "Whether the engine lacks the newest change of this replica.",
            shared.isHereOnly ? 1 : 0)
        metrics.add(
            "switchboard_overrides_conflict", .gauge, "Whether two histories were joined and nobody has decided.",
            shared.conflict == nil ? 0 : 1)
    }

    private func counters(_ subject: Totals.Counter.Subject, _ totals: Totals, in metrics: inout Metrics) {
        for counter in Totals.counters where counter.subject == subject {
            if let name = counter.metric {
                metrics.add("switchboard_\(name)_total", .counter, counter.help, totals[counter])
            }
        }
    }

    private func refusals(_ totals: Totals, in metrics: inout Metrics) {
        metrics.describe(
            "switchboard_requests_refused_total", .counter, "Requests refused before any rule was evaluated.")
        for (reason, count) in totals.refused.sorted(by: { $0.key < $1.key }) {
            metrics.add("switchboard_requests_refused_total", ["reason": reason], count)
        }
    }

    /// What became of the calls, by line.
    private func outcomes(_ lines: LineSeries, in metrics: inout Metrics) {
        let gauges: [(name: String, help: String, outcome: CallOutcome)] = [
            ("live", "Calls in progress.", .live), ("ringing", "Calls that ring.", .ringing),
            ("no_news", "Calls that rang or were in progress and whose end was never reported.", .noNews),
        ]
        for gauge in gauges {
            let name = "switchboard_calls_\(gauge.name)"
            metrics.describe(name, .gauge, gauge.help)
            for line in lines.series { metrics.add(name, line.labels, line.counts[gauge.outcome]) }
        }
        let ended = "switchboard_calls_ended_total"
        metrics.describe(ended, .counter, "Calls that are over, by outcome.")
        for line in lines.series {
            let endings = [
                ("ended", line.endings.ended), ("failed", line.endings.failed), ("rejected", line.endings.rejected),
            ]
            for (outcome, count) in endings { metrics.add(ended, [("outcome", outcome)] + line.labels, count) }
        }
        let all = lines.series.reduce(OutcomeCounts()) { $0 + $1.endings }
        metrics.describe("switchboard_calls_rejected_total", .counter, "Calls rejected, by what rejected them.")
        for cause in RejectedBy.allCases {
            metrics.add("switchboard_calls_rejected_total", ["by": cause.rawValue], all[rejectedBy: cause])
        }
        metrics.add(
            "switchboard_answers_not_applied_total", .counter, "Answers that the platform did not apply.",
            lines.series.reduce(0) { $0 + $1.counts.notApplied })
    }

    /// What became of the calls of today, on the clock of the rules file; with those before a restart.
    private func today(_ day: DayCounts?, _ sinceTheStart: OutcomeCounts, in metrics: inout Metrics) {
        guard let day else { return }
        let counts = day.today(sinceTheStart)
        let name = "switchboard_today_calls"
        metrics.describe(name, .gauge, "Calls since the last midnight of the rules file, by outcome.")
        let outcomes = [
            ("live", counts.live), ("ringing", counts.ringing), ("ended", counts.ended), ("failed", counts.failed),
            ("rejected", counts.rejected), ("no_news", counts.noNews),
        ]
        for (outcome, count) in outcomes { metrics.add(name, ["outcome": outcome], count) }
        metrics.add(
            "switchboard_today_since_timestamp_seconds", .gauge,
            "From when on today's calls are counted: midnight, or later where earlier ones are not known.",
            day.since.seconds)
    }

    /// When each line was last called, and what is usual; only by line, since a busy line would hide a silent one.
    private func silence(_ counts: LineCounts, _ lines: [LineStatus], in metrics: inout Metrics) {
        guard lines.count <= LineSeries.mostLines else { return }
        let now = clock.now()
        let rhythms = lines.map {
            (labels: [(name: "line", value: $0.number.description)], rhythm: counts.rhythm(of: $0.number, at: now))
        }
        let last = "switchboard_last_call_timestamp_seconds"
        metrics.describe(last, .gauge, "When a line was last called, in seconds since 1970.")
        for line in rhythms {
            if let at = line.rhythm?.lastCallAt {
                metrics.add(last, line.labels, Self.seconds(UInt64(max(0, at.microseconds))))
            }
        }
        let usual = "switchboard_usual_call_interval_seconds"
        metrics.describe(usual, .gauge, "The usual time between two calls of a line at this hour of the day.")
        for line in rhythms {
            if let seconds = line.rhythm?.usualSeconds { metrics.add(usual, line.labels, seconds) }
        }
    }

    private func answers(_ totals: Totals, in metrics: inout Metrics) {
        metrics.describe("switchboard_answers_total", .counter, "Calls answered, by kind of answer.")
        for kind in AnswerKind.allCases {
            metrics.add("switchboard_answers_total", ["kind": "\(kind)"], totals.kinds[kind] ?? 0)
        }
        metrics.describe("switchboard_decisions_total", .counter, "Calls answered, by who decided.")
        for (decider, count) in totals.deciders.sorted(by: { $0.key.description < $1.key.description }) {
            metrics.add("switchboard_decisions_total", ["by": decider.description], count)
        }
    }

    private func latency(_ totals: Totals, in metrics: inout Metrics) {
        let name = "switchboard_answer_duration_seconds"
        metrics.describe(name, .histogram, "Time from the first byte of a request to its finished answer.")
        for bound in Self.bounds {
            metrics.add("\(name)_bucket", ["le": Self.seconds(bound)], totals.answers(within: bound))
        }
        let times = totals.answerTimes
        metrics.add("\(name)_bucket", ["le": "+Inf"], times.count)
        metrics.add("\(name)_sum", Self.seconds(totals.answeringMicroseconds))
        metrics.add("\(name)_count", String(times.count))
    }

    private func memory(_ log: LogSnapshot, in metrics: inout Metrics) {
        metrics.add("switchboard_calls_kept", .gauge, "Calls kept in memory.", log.sequences.count)
        counters(.memory, log.totals, in: &metrics)
    }

    private func journal(_ journal: JournalStatus?, in metrics: inout Metrics) {
        metrics.add(
            "switchboard_journal_enabled", .gauge, "Whether calls are also kept on disk (1) or not (0).",
            journal == nil ? 0 : 1)
        guard let journal else { return }
        metrics.add(
            "switchboard_journal_healthy", .gauge, "Whether calls can be written to disk (1) or not (0).",
            journal.state == .writing ? 1 : 0)
        metrics.describe(
            "switchboard_journal_behind_seconds", .gauge, "How long the oldest change waits to be written to disk.")
        metrics.add(
            "switchboard_journal_behind_seconds", Self.seconds(UInt64(max(0, journal.lagMilliseconds)) * 1000))
        metrics.add(
            "switchboard_journal_queued_bytes", .gauge, "Bytes that wait to be written to disk.", journal.queuedBytes)
        metrics.add(
            "switchboard_journal_file_bytes", .gauge, "Size of the journal on disk.", journal.fileBytes)
        metrics.add(
            "switchboard_journal_written_total", .counter, "Changes written to disk.", journal.written)
        metrics.add(
            "switchboard_journal_dropped_total", .counter, "Changes dropped because too many waited for the disk.",
            journal.dropped)
    }

    private func overrides(_ status: ServerStatus, in metrics: inout Metrics) {
        metrics.describe("switchboard_overrides", .gauge, "Overrides in force.")
        for kind in ["closed", "inform", "open", "greeting"] {
            let count = status.overrides.count { $0.kind.word == kind }
            metrics.add("switchboard_overrides", ["kind": kind], count)
        }
        metrics.add("switchboard_overrides", ["kind": "blocked"], status.callers.blocked)
        metrics.add("switchboard_overrides", ["kind": "allowed"], status.callers.allowed)
        metrics.describe("switchboard_lines", .gauge, "Phone lines, by what callers get.")
        for state in LineStatus.State.allCases {
            let count = status.lines.count { $0.state == state }
            metrics.add("switchboard_lines", ["state": state.rawValue], count)
        }
    }

    private func rulesFile(_ rules: RulesFileStatus, in metrics: inout Metrics) {
        let isLastGood = if case .lastGood = rules.inUse { true } else { false }
        metrics.add(
            "switchboard_rules_errors", .gauge,
            "Errors of the rules file on disk, which is not in use while it has any.",
            rules.problem?.errors ?? 0)
        metrics.add(
            "switchboard_rules_last_good", .gauge,
            "Whether the server started with the last good rules (1) or with those of its file (0).",
            isLastGood ? 1 : 0)
    }

    private func certificate(in metrics: inout Metrics) {
        guard let until = dependencies.certificateUntil() else { return }
        metrics.add(
            "switchboard_certificate_expiry_timestamp_seconds", .gauge,
            "When the certificate of the webhook's address expires, in seconds since 1970.", until.seconds)
    }

    /// The newest probe of the public address, once there is one.
    private func probe(_ newest: ProbeStatus.Probed?, in metrics: inout Metrics) {
        guard let newest else { return }
        let milliseconds = newest.outcome.milliseconds
        metrics.add(
            "switchboard_probe_success", .gauge,
            "Whether the newest probe of the public address succeeded (1) or not (0).",
            milliseconds == nil ? 0 : 1)
        metrics.add(
            "switchboard_probe_timestamp_seconds", .gauge,
            "When the result of the newest probe was known, as Unix time.",
            newest.at.seconds)
        guard let milliseconds else { return }
        let name = "switchboard_probe_duration_seconds"
        metrics.describe(name, .gauge, "Round trip of the newest probe; absent if it failed.")
        metrics.add(name, Self.seconds(UInt64(milliseconds) * 1000))
    }

    /// Microseconds as seconds, without rounding.
    private static func seconds(_ microseconds: UInt64) -> String {
        let rest = String(microseconds % 1_000_000)
        let decimals = String(repeating: "0", count: 6 - rest.count) + rest
        let shortened = decimals.reversed().drop { $0 == "0" }.reversed()
        return "\(microseconds / 1_000_000)" + (shortened.isEmpty ? "" : "." + String(shortened))
    }
}

/// The text that Prometheus reads (text format 0.0.4).
private struct Metrics {
    private(set) var text = ""

    /// What a number means over time.
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    /// Begins a metric.
    mutating func describe(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Adds one value.
    mutating func add(_ name: String, _ value: String) {
        text += "\(name) \(value)\n"
    }

    /// Adds one value with labels.
    mutating func add(_ name: String, _ labels: [(name: String, value: String)], _ value: some StringProtocol) {
        let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }

    mutating func add(_ name: String, _ labels: [(name: String, value: String)], _ value: some BinaryInteger) {
        add(name, labels, String(value))
    }

    mutating func add(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: some StringProtocol) {
        add(name, labels.map { (name: $0.key, value: $0.value) }, String(value))
    }

    mutating func add(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: some BinaryInteger) {
        add(name, labels, String(value))
    }

    /// A metric of one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        describe(name, kind, help)
        add(name, String(value))
    }

    /// Names from rules files may hold anything: even a quotation mark with an accent, which is one character.
    ///
    /// What could drive a terminal is written as its code, so that different names remain different.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator:
                    escaped += "\\\\u{\(String(scalar.value, radix: 16))}"
                default: escaped.unicodeScalars.append(scalar)
                }
            }
        }
        return escaped
    }
}

/// The counts by line, or in all where there are too many lines for a series of each.
private struct LineSeries {
    struct Series {
        let labels: [(name: String, value: String)]
        let counts: OutcomeCounts
        let endings: OutcomeCounts
    }

    let series: [Series]

    /// Each line takes eight series.
    static let mostLines = 200

    init(_ counts: LineCounts, _ lines: [LineStatus]) {
        let numbers = lines.map(\.number)
        let isByLine = (1...Self.mostLines).contains(numbers.count)
        let named = isByLine ? numbers : []
        let others = Series(
            labels: isByLine ? [("line", "unknown")] : [], counts: counts.others(than: named),
            endings: counts.otherEndings(than: named))
        series =
            named.map { number in
                Series(
                    labels: [("line", number.description)], counts: counts[line: number] ?? OutcomeCounts(),
                    endings: counts.endings(on: number) ?? OutcomeCounts())
            } + [others]
    }
}
