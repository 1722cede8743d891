// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// What many calls come to; computed from counts that the log keeps, never from the calls themselves.
enum StatisticsPage {
    /// From this width on the tables are next to the plots.
    private static let twoColumns = 110

    static func lines(_ state: DashboardState) -> [StyledLine] {
        guard !state.awaitsCalls else { return [StyledLine(DashboardState.readingCalls, .muted)] }
        let isWide = state.size.columns >= twoColumns
        let width = isWide ? state.size.columns / 2 - 2 : state.size.columns - 2
        let height = plotHeight(in: state.layout.body.size.rows)
        let plots = plots(state, width: width, height: height)
        // Each table has the same numbers.
        let tables = tables(state)
        let count = tables.filter { !$0.rows.isEmpty && $0.heads.count > 1 }.map { $0.numbers(in: width) }.min() ?? 1
        let tableLines = tables.flatMap { table in
            table.lines(width: width, numbers: count, glyphs: state.glyphs) + [StyledLine("", .text)]
        }
        let end = TextWrap.lines(scope(state), width: width).map { StyledLine($0, .muted) }
        guard isWide else { return plots + tableLines + end }
        let left = plots + end
        return (0..<max(left.count, tableLines.count)).map { row in
            let start = row < left.count ? left[row] : StyledLine([])
            return start.padded(to: width + 2).appending(row < tableLines.count ? tableLines[row] : StyledLine([]))
        }
    }

    /// The rows of a plot: on a low screen both fit without scrolling, on the lowest the first with its axis.
    private static func plotHeight(in rows: Int) -> Int {
        switch rows {
        case 30...: 8
        case 16...: 4
        case 8...: 3
        default: 2
        }
    }

    private static func plots(_ state: DashboardState, width: Int, height: Int) -> [StyledLine] {
        let times = LatencyPlot(times: state.log.totals.latency, glyphs: state.glyphs)
        return times.lines(width: width, height: height) + [StyledLine("", .text)]
            + rate(state, width: width, height: height) + [StyledLine("", .text)]
    }

    /// Calls over time.
    private static func rate(_ state: DashboardState, width: Int, height: Int) -> [StyledLine] {
        let (counts, minutes) = state.callRate.spans(until: state.now, atMost: ColumnPlot.room(in: width))
        let title = minutes == 1 ? "Calls per minute" : "Calls per \(minutes) minutes"
        let known = state.callRate.since.map {
            "since \(Text.since(Instant(seconds: $0 * 60), on: state.clock, now: state.now))"
        }
        let facts = [known, "\(state.perMinute)/min now"].compactMap(\.self).joined(separator: ", ")
        let head = StyledLine(title, .header).appending(StyledLine(": \(facts)", .muted))
        guard counts.contains(where: { $0 > 0 }) else {
            return [head, StyledLine("  no calls in this time", .muted)]
        }
        // Each value as wide as there is room for.
        let step = max(1, ColumnPlot.room(in: width) / counts.count)
        let plot = ColumnPlot(
            values: counts.flatMap { Array(repeating: $0, count: step) }, height: height, glyphs: state.glyphs)
        return [head] + plot.rows { _ in .fast } + plot.axis(times(counts.count, minutes, step, state))
    }

    /// The times below the columns: round ones, about every twelve columns.
    private static func times(
        _ count: Int, _ minutes: Int, _ step: Int, _ state: DashboardState
    ) -> [(column: Int, text: String)] {
        let apart = max(1, 12 / step) * minutes
        let round = [5, 10, 15, 30, 60, 120, 180, 360].first { $0 >= apart } ?? 720
        let minute = state.now.seconds.flooredDivision(by: 60)
        return (0..<count).compactMap { place in
            let last = minute - Int64((count - 1 - place) * minutes)
            // A span has the time if it falls into it.
            let local = state.clock.local(Instant(seconds: last * 60))
            let sinceRound = local.secondOfDay / 60 % round
            guard sinceRound < minutes else { return nil }
            let text = state.clock.local(Instant(seconds: (last - Int64(sinceRound)) * 60)).clock
            return (column: place * step, text: text)
        }
    }

    private static func tables(_ state: DashboardState) -> [BarTable] {
        [
            outcomes(state), lines(state),
            answers(state, "Decided by", \.deciders, role: deciderRole),
            answers(state, "Answers", \.namedKinds) { $0 == AnswerKind.rejected.rawValue ? .rejected : .answered },
        ]
    }

    /// Answers by a name: today's, those of the day before where they are known, and those since the start.
    private static func answers(
        _ state: DashboardState, _ title: String, _ counts: KeyPath<AnswerCounts, [String: Int]>,
        role: (String) -> Role
    ) -> BarTable {
        let sinceStart = state.log.totals.answers
        let day = today(state)
        let todays = day?.today(sinceStart)
        let yesterdays = todays == nil ? nil : day?.yesterdaysAnswers
        let numbers = [todays, yesterdays, sinceStart].compactMap { $0?[keyPath: counts] }
        let rows = Set(numbers.flatMap(\.keys)).sorted().map { name in
            BarTable.Row(
                name: name, count: numbers[0][name] ?? 0, more: numbers.dropFirst().map { $0[name] ?? 0 },
                role: role(name))
        }
        return BarTable(
            title: title, heads: heads(isToday: todays != nil, isYesterday: yesterdays != nil), rows: rows,
            empty: "no answers yet")
    }

    private static func deciderRole(_ name: String) -> Role {
        if name == Decider.deadline.description { return .late }
        return name == Decider.otherwise.description || name.hasPrefix(Decider.rule("").description)
            ? .answered : .rejected
    }

    /// Today's counts where all of today is known.
    private static func today(_ state: DashboardState) -> DayCounts? {
        state.status?.day.flatMap { $0.isWhole ? $0 : nil }
    }

    private static func outcomes(_ state: DashboardState) -> BarTable {
        let counts = state.log.totals.outcomes
        let day = today(state)
        let numbers = [day?.today(counts), day?.yesterday, counts].compactMap(\.self)
        let rows = CallOutcome.all.map { outcome in
            BarTable.Row(
                name: outcome.words, count: numbers[0][outcome], more: numbers.dropFirst().map { $0[outcome] },
                role: outcome.barRole)
        }
        return BarTable(
            title: "Outcomes", heads: heads(isToday: day != nil, isYesterday: day?.yesterday != nil),
            rows: rows.filter { $0.count != 0 || $0.more.contains { $0 != 0 } }, empty: "no calls yet")
    }

    private static func lines(_ state: DashboardState) -> BarTable {
        let lines = state.status?.lines ?? []
        let day = state.dayOfLines
        let totals = state.log.totals.outcomes
        let yesterday = day.flatMap { $0.yesterdayByLine.isEmpty ? nil : $0.yesterday }
        var rows = lines.compactMap { line -> BarTable.Row? in
            let counts = state.log.lines[line: line.number] ?? OutcomeCounts()
            let numbers = [day?.today(counts, of: line.number), day?.yesterday(of: line.number), counts]
                .compactMap { $0?.calls }
            guard numbers.contains(where: { $0 != 0 }) else { return nil }
            return BarTable.Row(name: line.shownName, count: numbers[0], more: Array(numbers.dropFirst()), role: .live)
        }
        // What is left of all calls came to numbers that are not lines.
        let all = [day?.today(totals), yesterday, totals].compactMap { $0?.calls }
        let others = all.indices.map { index in all[index] - rows.reduce(0) { $0 + $1.numbers[index] } }
        if others.contains(where: { $0 > 0 }) {
            let name = lines.isEmpty ? "every number" : "other numbers"
            rows.append(BarTable.Row(name: name, count: others[0], more: Array(others.dropFirst()), role: .muted))
        }
        return BarTable(
            title: "Lines", heads: heads(isToday: day != nil, isYesterday: yesterday != nil), rows: rows,
            empty: "no calls yet")
    }

    /// The names of the numbers that are known, in their order.
    private static func heads(isToday: Bool, isYesterday: Bool) -> [String] {
        guard isToday else { return [] }
        return isYesterday ? ["today", "yesterday", "since start"] : ["today", "since start"]
    }

    /// Over which calls this counts.
    private static func scope(_ state: DashboardState) -> String {
        if let record = state.record { return "Counted \(state.countedWords(record))." }
        let since = "Counted since the server started: \(Text.count(state.log.totals.calls, "call"))."
        let resumed = state.log.totals.resumed
        return since + (resumed > 0 ? " \(Text.count(resumed, "call")) of them began before." : "")
    }
}

extension CallOutcome {
    fileprivate var barRole: Role {
        switch self {
        case .live: .live
        case .ringing, .ended: .answered
        case .failed: .failed
        case .rejected: .rejected
        case .noNews: .muted
        }
    }
}

extension AnswerCounts {
    fileprivate var namedKinds: [String: Int] {
        Dictionary(uniqueKeysWithValues: kinds.map { ($0.key.rawValue, $0.value) })
    }
}
