// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

extension DashboardState {
    /// Two rows: the state of the lines and the address; counts and answer times.
    func drawHeader(on grid: inout Grid) {
        (record.map(stateRow) ?? stateRow).draw(on: &grid, row: 0, glyphs: glyphs)
        countRow.draw(on: &grid, row: 1, glyphs: glyphs)
        guard let noContactSince else { return }
        grid.dim(rows: 0..<2)
        var row = SegmentRow()
        row.add(noContact(noContactSince), .alertBar, rank: 0)
        if let status {
            let summary = LinesSummary(status, at: noContactSince)
            row.add("as of then: \(summary.stateWords)", .muted, rank: 1)
        }
        grid.fill(Rect(row: 0, column: 0, columns: size.columns, rows: 1), as: .muted)
        row.draw(on: &grid, row: 0, glyphs: glyphs)
    }

    private var stateRow: SegmentRow {
        var row = SegmentRow()
        row.add("switchboard", .title, rank: 6)
        guard let status else {
            row.add("starting", .muted, rank: 0)
            return row
        }
        let summary = LinesSummary(status, at: now)
        row.add(summary.stateWords, summary.role, rank: 0)
        if let words = summary.exceptionWords { row.add("\(glyphs.dot) \(words)", .text, rank: 3, gap: 1) }
        if let words = summary.turnWords(at: now, on: clock.local) {
            let short = summary.shortTurnWords(at: now, on: clock.local) ?? ""
            row.add("\(glyphs.dot) \(words)", short: "\(glyphs.dot) \(short)", .text, rank: 4, gap: 1)
        }
        row.addRight(status.address, .muted, rank: 5)
        row.addRight(status.isSigned ? "signed" : "UNSIGNED", status.isSigned ? .muted : .alertBar, rank: 1)
        if let probe = status.probe {
            row.addRight(words(probe), probe.failingSince == nil ? .muted : .alertBar, rank: 2)
        }
        if let silentLines {
            row.addRight(silentLines, .late, rank: 1)
        } else {
            row.addRight(lastCall, .text, rank: 2)
        }
        return row
    }

    /// The probe of the public address; while it fails, a bar has the reason.
    private func words(_ probe: ProbeStatus) -> String {
        guard let newest = probe.newest else { return "probe sent" }
        guard probe.failingSince == nil else { return "PROBE FAILS" }
        return "probe ok \(Text.ago(newest.at, now: now))"
    }

    private var lastCall: String {
        guard let last = log.totals.lastAnswerAt else {
            // Calls of before the start, or calls that were not asked about, need no answer.
            if awaitsCalls { return "" }
            return log.totals.calls == 0 ? "no calls yet" : "no answers yet"
        }
        return "last call \(Text.ago(last, now: now))"
    }

    private var countRow: SegmentRow {
        let totals = log.totals
        var row = SegmentRow()
        if awaitsCalls {
            row.add("reading the calls", .muted, rank: 0)
            return row
        }
        // Today's counts where all of today is known; what follows them is since the start in any case.
        let today = status?.day.flatMap { $0.isWhole ? $0.today(totals.outcomes) : nil }
        let title = today.map { ("today", $0.calls) } ?? ("calls", totals.calls)
        row.add(fact(title.0, Text.number(title.1), .title), rank: 0)
        if today == nil, totals.evicted > 0, record == nil {
            row.append(StyledLine("(\(Text.number(totals.evicted)) evicted)", .muted), rank: 4)
        }
        for outcome in (today ?? totals.outcomes).facts {
            let role: Role = !outcome.isAlarm ? .text : outcome.word == "late" ? .late : .failed
            let alarm = outcome.isAlarm ? 1 : 10
            let rank = ["live": 2, "failed": min(alarm, 2), "rejected": 3, "no news": 4][outcome.word] ?? alarm
            row.add(fact(outcome.word, Text.number(outcome.count), role), rank: rank)
            if !outcome.parts.isEmpty { row.append(StyledLine("(\(outcome.parts))", .muted), rank: 9) }
        }
        if today != nil { row.lead(StyledLine("\(glyphs.dot) since start", .muted)) }
        if totals.refusedInAll > 0 {
            row.add(fact("refused", Text.number(totals.refusedInAll), .failed), rank: 1)
            row.append(StyledLine("(\(RefusalWords.reasons(totals.refused)))", .muted), rank: 7)
        }
        add(totals.answerTimes, to: &row)
        if totals.answerTimes.count > 0 {
            let limit = glyphs.time(microseconds: UInt64(PlatformLimits.answerMilliseconds) * 1000)
            row.append(StyledLine("of \(limit)", .muted), rank: 9)
            row.append(budget(totals.answerTimes), rank: 11)
        }
        // Which calls these are is a part of the counts.
        if let record { row.add(countedWords(record), .muted, rank: 1) }
        let minutes = size.columns < 100 ? 8 : size.columns < 140 ? 16 : 30
        row.addRight(Sparkline.text(sampled(minutes), levels: glyphs.spark), .fast, rank: 12)
        row.addRight("\(perMinute)/min", .text, rank: 5)
        row.appendRight("(5 min)", .muted, rank: 8)
        return row
    }

    private func fact(_ name: String, _ value: String, _ role: Role) -> StyledLine {
        StyledLine([Span("\(name) ", .muted), Span(value, role)])
    }

    private func add(_ times: AnswerTimes, to row: inout SegmentRow) {
        guard times.count > 0 else { return }
        for (name, time, rank) in [("p50", times.p50, 9), ("p99", times.p99, 7), ("max", times.longest, 6)] {
            let value = Span(glyphs.time(microseconds: time), Latency.role(microseconds: time))
            row.add(StyledLine([Span("\(name) ", .muted), value]), rank: rank)
        }
    }

    /// The longest answer against the platform's limit, as a bar.
    private func budget(_ times: AnswerTimes) -> StyledLine {
        let width = 10
        let most = Latency.cells(microseconds: times.longest, of: width)
        let usual = min(most, Latency.cells(microseconds: times.p99, of: width))
        let full = glyphs.spark.last ?? "#"
        return StyledLine([
            Span(String(repeating: full, count: usual), .fast),
            Span(String(repeating: full, count: most - usual), Latency.role(microseconds: times.longest)),
            Span(String(repeating: glyphs.dot, count: width - most), .muted),
        ])
    }
}

extension DashboardState {
    /// Calls by minute, oldest first; the last minute is still running.
    func sampled(_ minutes: Int) -> [Int] {
        log.totals.perMinute.counts(until: now, minutes: minutes)
    }

    /// Calls a minute over the last five, or over the time since the first call if that is shorter.
    var perMinute: String {
        let counts = sampled(5).drop { $0 == 0 }
        let seconds = max(60, (counts.count - 1) * 60 + Int(now.seconds % 60))
        let tenths = (counts.reduce(0, +) * 600 + seconds / 2) / seconds
        return tenths < 1000 ? "\(tenths / 10).\(tenths % 10)" : Text.number(tenths / 10)
    }
}
