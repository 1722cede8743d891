// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies
import Overrides
import Screen

extension IncidentReport {
    /// The report as Markdown, readable as it is in 80 columns.
    package var text: String {
        let sections = [
            summary, chart, overrideList, turnedAwayList, failureList, latencyList, notAppliedList, refusedList,
            notedList,
        ]
        return ["# Incident report\n" + times].joined() + sections.filter { !$0.isEmpty }.map { "\n" + $0 }.joined()
    }

    private var from: Instant? { period.since ?? first }
    private var to: Instant {
        let now = max(options.now, last ?? options.now)
        return period.until.map { min($0, now) } ?? now
    }

    private var times: String {
        var lines = ["", from.map { "\(day($0)) to \(time(to, after: $0))" } ?? "No calls", ""]
        if let from { lines[1] += ", \(DurationText.words(seconds: to.microseconds(since: from) / 1_000_000))" }
        lines[1] += "."
        if !filter.isEmpty { lines += ["Only calls that match `\(plain(filter))`.", ""] }
        if evicted > 0 {
            lines += ["Older calls are missing: \(evicted) were evicted from memory.", ""]
        } else if let missing {
            let words = missing.before.map { "the record begins \(day($0))" } ?? "the record has none any more"
            lines += ["Older calls are missing: \(words).", ""]
        }
        return lines.dropLast().joined(separator: "\n") + "\n"
    }

    private var summary: String {
        let rejections = RejectedBy.allCases.filter { count(.rejected($0)) > 0 }
            .map { "\(count(.rejected($0))) by \($0.words)" }
        let facts: [(Int, String)] = [
            (rejected, "turned away" + (rejections.isEmpty ? "" : ": " + rejections.joined(separator: ", "))),
            (count(.ended), "ended"), (count(.live), "in progress"), (count(.ringing), "ringing"),
            (count(.failed), "failed"), (count(.noNews), "without news: their end was never reported"),
            (late, "answered late, with the fallback"), (notApplied.count, "not applied by the platform"),
            (unasked, "that this server was not asked about"),
        ]
        let rows = facts.filter { $0.0 > 0 }.map { "- \($0.0) \($0.1)" }
        guard calls > 0 else { return "## Calls\n\nNo calls.\n" }
        return "## Calls\n\n\(CountText.words(calls, "call")):\n\n" + rows.map { $0 + "\n" }.joined()
    }

    /// The most columns of the chart, so that a line fits with its legend.
    private static let mostColumns: Int64 = 60

    /// The calls of each minute, or of several where the period is long.
    private var chart: String {
        guard let start = perMinute.keys.min(), let end = perMinute.keys.max(), end > start else { return "" }
        let step = (end - start) / Self.mostColumns + 1
        var counts = [Int](repeating: 0, count: Int((end - start) / step) + 1)
        for (minute, count) in perMinute { counts[Int((minute - start) / step)] += count }
        let (first, last) = (Instant(seconds: start * 60), Instant(seconds: end * 60))
        let (left, right) = (time(first, after: last), time(last, after: first))
        let axis = left + String(repeating: " ", count: max(1, counts.count - left.count - right.count)) + right
        let most = counts.max() ?? 0
        return """
            ## Calls per \(step == 1 ? "minute" : "\(step) minutes")

            ```text
            \(Sparkline.text(counts, levels: [" "] + Glyphs.unicode.spark))  at most \(most)
            \(axis)
            ```

            """
    }

    private var overrideList: String {
        let spans = OverrideSpan.spans(in: audit, and: inForce, during: period, at: options.now)
        let notes = audit.filter { entry in
            switch entry.content {
            case .forgottenCaller, .note: period.contains(entry.at)
            case .change, .caller, .remark: false
            }
        }
        let entries = spans.map { ($0.begin, words($0)) } + notes.map { ($0.at, words(note: $0)) }
        let list = entries.sorted { $0.0 < $1.0 }.map(\.1)
        return "## What operators did\n\n" + (list.isEmpty ? "Nothing.\n" : list.joined())
    }

    private func words(_ span: OverrideSpan) -> String {
        let override = span.override
        let seconds = (span.end ?? options.now).microseconds(since: span.begin) / 1_000_000
        let length = DurationText.words(seconds: seconds)
        var lines = ["- \(day(span.begin)) \(escaped(override.deed))"]
        if let end = span.end {
            let by = span.ending?.who.map { " by \(escaped($0.user))" } ?? ""
            let how =
                span.ending?.event.map { $0 == .expired ? "expired" : "\($0.rawValue)\(by)" } ?? "its time was over"
            lines.append("  until \(time(end, after: span.begin)), \(length): \(how)")
        } else {
            let end = override.until.map { "ends \(time($0, after: span.begin))" } ?? "without an end"
            lines.append("  in force for \(length), \(end)")
        }
        lines.append("  by \(escaped("\(override.who)"))" + (override.reason.isEmpty ? ", no reason given" : ""))
        if !override.reason.isEmpty { lines.append("  reason: \(escaped(override.reason))") }
        if let (who, text) = override.heard {
            let verb = span.end != nil ? "heard" : who == "callers" ? "hear" : "hears"
            lines.append("  \(who) \(verb): \"\(escaped(text))\"")
        }
        return lines.joined(separator: "\\\n") + "\n"
    }

    private func words(note entry: AuditEntry) -> String {
        let who = entry.who.map { "\(escaped($0.user)) " } ?? ""
        return "- \(day(entry.at)) \(who)\(escaped(entry.words))\n"
    }

    private var turnedAwayList: String {
        guard rejected > 0 else { return "" }
        let blocked = count(.rejected(.block))
        let callers = turnedAway.newestFirst
        let rows = callers.prefix(Self.mostRows).map { name, caller in
            [
                day(caller.last), escaped(name, atMost: 20), "\(caller.calls)", escaped(caller.line, atMost: 18),
                caller.by.words, caller.gotThrough.map { time($0, after: caller.last) } ?? "",
            ]
        }
        var parts: [String] = []
        if !rows.isEmpty {
            parts.append(MarkdownColumns.text(["last call", "number", "calls", "line", "by", "got in"], rows))
        }
        if callers.count > rows.count { parts.append("\(callers.count - rows.count) more callers are not listed.\n") }
        if turnedAway.others > 0 {
            parts.append("\(CountText.words(turnedAway.others, "more call")) not listed by caller.\n")
        }
        if blocked > 0 {
            let verb = blocked == 1 ? "is" : "are"
            parts.append("\(CountText.words(blocked, "call")) of blocked callers \(verb) not listed.\n")
        }
        if turnedAway.withheld > 0 {
            parts.append("\(CountText.words(turnedAway.withheld, "call")) from withheld numbers.\n")
        }
        // Nobody calls back whom an operator blocked.
        let title = rejected > blocked ? "Turned away, to call back" : "Turned away"
        return "## \(title)\n\n" + parts.joined(separator: "\n")
    }

    private var failureList: String {
        guard !failures.isEmpty else { return "" }
        let rows = failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostRows)
        return "## Failures\n\n" + rows.map { "- \($0.value) \(escaped($0.key))\n" }.joined()
    }

    private var latencyList: String {
        guard latency.count > 0 else { return "" }
        let times = [50.0, 90, 99].map { "p\(Int($0)) \(milliseconds(latency.microseconds(atPercentile: $0)))" }
        let all = (times + ["max \(milliseconds(latency.longestMicroseconds))"]).joined(separator: ", ")
        return "## Answer times\n\n\(all) of \(PlatformLimits.answerMilliseconds) ms.\n"
    }

    private var notAppliedList: String {
        guard notApplied.count > 0 else { return "" }
        return "## Not applied by the platform\n\nThe caller reached another assistant than the answer set.\n\n"
            + list(notApplied)
    }

    private var notedList: String {
        guard noted.count > 0 else { return "" }
        let rows = noted.kept.map { call in
            "- \(line(call))\n" + call.remarks.map { "  - \(words($0, of: call))\n" }.joined()
        }
        return "## Marked calls and notes\n\n" + rows.joined() + more(noted)
    }

    private func words(_ remark: CallRemark, of call: CallRecord) -> String {
        let source = "\(escaped(remark.by, atMost: 40)), \(time(remark.at, after: call.firstHeardAt))"
        return remark.text.map { "\(escaped($0)) (\(source))" } ?? "marked by \(source)"
    }

    private var refusedList: String {
        guard !refused.isEmpty else { return "" }
        let rows = refused.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostRows)
        let rest =
            unlistedRefusals > 0
            ? "\nOnly the newest refused requests are listed; earlier ones are not known by time.\n" : ""
        return "## Refused requests\n\n" + rows.map { "- \($0.value) \(escaped($0.key))\n" }.joined() + rest
    }

    private static let mostRows = 200

    private func list(_ calls: SomeCalls) -> String {
        calls.kept.map { "- \(line($0))\n" }.joined() + more(calls)
    }

    private func more(_ calls: SomeCalls) -> String {
        calls.count > calls.kept.count ? "\n\(calls.count - calls.kept.count) more calls are not listed.\n" : ""
    }

    private func line(_ call: CallRecord) -> String {
        let line = call.lineName ?? call.called.description
        return "\(day(call.firstHeardAt)) \(escaped(call.caller.description, atMost: 20)), "
            + "\(escaped(line, atMost: 24))\\\n  \(escaped(call.answered?.words ?? "not asked", atMost: 70))"
    }
}

extension IncidentReport {
    private func escaped(_ text: String, atMost length: Int = 400) -> String {
        MarkdownText.escaped(options.shown(text), atMost: length)
    }

    /// Text for a piece of code, where nothing is escaped.
    private func plain(_ text: String) -> String {
        let shown = CleanText.cut(options.shown(text), to: 400, ellipsis: "…")
        return String(String.UnicodeScalarView(shown.unicodeScalars.map { $0 == "`" ? "'" : $0 }))
    }

    private func day(_ instant: Instant) -> String {
        let local = options.clock.local(instant)
        return "\(local.date) \(clockText(instant))"
    }

    /// Hours and minutes, with the date if it is another day.
    private func time(_ instant: Instant, after start: Instant) -> String {
        let (local, other) = (options.clock.local(instant), options.clock.local(start))
        return local.date == other.date ? clockText(instant) : "\(local.date) \(clockText(instant))"
    }

    /// Hours and minutes, with the offset where the clocks show them twice.
    private func clockText(_ instant: Instant) -> String {
        let local = options.clock.local(instant)
        guard options.clock.isShownTwice(instant) else { return local.clock }
        let offset = Int(local.secondsSince1970 - instant.seconds)
        return local.clock + instant.iso8601(offset: offset).suffix(6)
    }

    private func milliseconds(_ microseconds: UInt64) -> String { MillisecondText.words(microseconds: microseconds) }
}

/// A table whose columns are aligned as they are.
enum MarkdownColumns {
    static func text(_ head: [String], _ rows: [[String]]) -> String {
        let widths = head.indices.map { column in
            max(3, ([head] + rows).map { DisplayWidth.of($0[column]) }.max() ?? 0)
        }
        func row(_ cells: [String]) -> String {
            let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - DisplayWidth.of($0))) }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        return row(head) + row(widths.map { String(repeating: "-", count: $0) }) + rows.map(row).joined()
    }
}
