// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// The columns of the phone lines: one row per line on a wide screen, two on a narrow one.
struct LineColumns: Hashable {
    let columns: [Column]
    /// How many rows a line takes.
    let rows: Int
    /// Where the first column begins; the marker of the selected line is drawn before it.
    static let margin = 2

    struct Column: Hashable {
        let fact: Fact
        /// 0 for the first row of a line, 1 for the second.
        let row: Int
        let start: Int
        let width: Int
    }

    enum Fact: Hashable {
        case name, number, group, state, by, says
        /// All counts in words.
        case counts
        case live, calls, today, rejected, failed, lastCall
    }

    init(width: Int, countsByDay: Bool) {
        let calls = Fact.calls(byDay: countsByDay)
        let counts: [Placing] = [
            (.live, 0, 4), (calls, 0, 6), (.rejected, 0, 8), (.failed, 0, 6), (.lastCall, 0, 9),
        ]
        let facts: [Placing]
        switch width {
        case ..<70: facts = [(.name, 0, 18), (.state, 0, 0), (.number, 1, 14), (.counts, 1, 0), (.says, 2, 0)]
        case ..<110:
            facts =
                [(.name, 0, (width - 45) / 2), (.state, 0, 0)] + counts
                + [(.number, 1, 14), (.group, 1, width / 8), (.by, 1, width / 4), (.says, 1, 0)]
        case ..<180:
            facts =
                [(.name, 0, width / 6), (.number, 0, 14), (.group, 0, width / 10), (.state, 0, 0)] + counts
                + [(.by, 1, width / 4), (.says, 1, 0)]
        default:
            facts =
                [(.name, 0, width / 8), (.number, 0, 14), (.group, 0, width / 14), (.state, 0, 36)] + counts
                + [(.by, 0, width / 9), (.says, 0, 0)]
        }
        rows = (facts.map(\.row).max() ?? 0) + 1
        columns = (0..<rows).flatMap { Self.placed(facts, row: $0, width: width) }
    }

    /// A width of 0 takes what the others leave.
    private typealias Placing = (fact: Fact, row: Int, width: Int)

    /// How many entries there is room for below the head.
    func lines(in height: Int) -> Int { max(1, (height - 1) / rows) }

    private static func placed(_ facts: [Placing], row: Int, width: Int) -> [Column] {
        var start = margin + (row > 0 ? 2 : 0)
        let facts = facts.filter { $0.row == row }
        let taken = facts.reduce(start + facts.count - 1) { $0 + $1.width }
        return facts.map { fact in
            let column = Column(
                fact: fact.fact, row: row, start: start, width: fact.width > 0 ? fact.width : max(1, width - taken))
            start += column.width + 1
            return column
        }
    }
}

extension LineColumns.Fact {
    fileprivate static func calls(byDay: Bool) -> LineColumns.Fact { byDay ? .today : .calls }

    var title: String {
        switch self {
        case .name: "line"
        case .number: "number"
        case .group: "group"
        case .state: "state"
        case .by: "by"
        case .counts, .calls: "calls"
        case .live: "live"
        case .today: "today"
        case .rejected: "rejected"
        case .failed: "failed"
        case .lastCall: "last call"
        case .says: "callers hear"
        }
    }

    /// Whether it is aligned to the right.
    var isNumber: Bool {
        switch self {
        case .live, .calls, .today, .rejected, .failed, .lastCall: true
        case .name, .number, .group, .state, .by, .counts, .says: false
        }
    }
}

extension DashboardState {
    /// Draws the phone lines that there is room for, below the names of the columns.
    func drawLines(on grid: inout Grid, in area: Rect) {
        let columns = lineColumns
        for column in columns.columns where column.row == 0 {
            write(Span(column.fact.title, .header), in: column, row: area.row, on: &grid)
        }
        let lines = status?.lines ?? []
        guard !lines.isEmpty else {
            let text =
                record?.knowsLines == false
                ? "The record does not have the lines of that time."
                : status == nil
                    ? "Starting." : "The rules file has no lines: every number gets the same rules."
            grid.write(text, row: area.row + 1, column: 1, width: area.size.columns - 2)
            return
        }
        let shown = lineList.entries.dropFirst(lineList.top).prefix(columns.lines(in: area.size.rows))
        for (offset, entry) in shown.enumerated() {
            draw(entry, columns, from: area.row + 1 + offset * columns.rows, above: area.rows.upperBound, on: &grid)
        }
    }

    private func draw(
        _ entry: LineEntry, _ columns: LineColumns, from top: Int, above bottom: Int, on grid: inout Grid
    ) {
        for column in columns.columns where top + column.row < bottom {
            write(span(column.fact, of: entry, width: column.width), in: column, row: top + column.row, on: &grid)
        }
        guard entry.scope == lineList.scope else { return }
        grid.write(glyphs.marker, row: top, column: 0, as: .key)
        for row in top..<min(bottom, top + columns.rows) { grid.select(row: row, columns: 0..<size.columns) }
    }

    private func write(_ span: Span, in column: LineColumns.Column, row: Int, on grid: inout Grid) {
        let text = CleanText.cut(span.text, to: column.width, ellipsis: glyphs.ellipsis)
        let indent = column.fact.isNumber ? column.width - DisplayWidth.of(text) : 0
        grid.write(text, row: row, column: column.start + indent, width: column.width - indent, as: span.role)
    }

    private func span(_ fact: LineColumns.Fact, of entry: LineEntry, width: Int) -> Span {
        switch fact {
        case .live, .calls, .today, .rejected, .failed:
            return count(fact, counts(of: entry.lines))
        case .lastCall: return lastCall(of: entry.lines)
        case .name, .number, .group, .state, .by, .counts, .says: break
        }
        switch entry {
        case .line(let line): return span(fact, of: line, width: width)
        case .group(let name, lines: let lines): return span(fact, ofGroup: name, lines, width: width)
        }
    }

    private func span(_ fact: LineColumns.Fact, of line: LineStatus, width: Int) -> Span {
        switch fact {
        case .name: Span(line.name, .call)
        case .number: Span(line.number.description, .muted)
        case .group: Span(line.group ?? "", .muted)
        case .state: Span(stateText(of: line, width: width), line.state.role)
        case .by: Span(line.by.description, .muted)
        case .counts: silence(of: line, width: width) ?? countWords(of: [line])
        case .says: alarmed(Span(line.says.description, .text), by: [line])
        case .live, .calls, .today, .rejected, .failed, .lastCall: Span("", .text)
        }
    }

    private func span(
        _ fact: LineColumns.Fact, ofGroup name: String, _ lines: [LineStatus], width: Int
    ) -> Span {
        switch fact {
        case .name: Span("group \(name)", .title)
        case .number: Span(Text.count(lines.count, "line"), .muted)
        case .state: state(of: lines, width: width)
        case .counts: countWords(of: lines)
        case .says: alarmed(Span(lines.map(Text.name).shortList, .muted), by: lines)
        case .group, .by, .live, .calls, .today, .rejected, .failed, .lastCall: Span("", .text)
        }
    }

    /// The state of a line in the longest words that fit: with what comes then, with its end, by itself.
    private func stateText(of line: LineStatus, width: Int) -> String {
        let long = line.stateText(now: now, on: clock)
        guard DisplayWidth.of(long) > width else { return long }
        guard let change = line.stateChange else { return line.state.words }
        let short = "\(line.state.words) until \(change.time(now: now, on: clock))"
        return DisplayWidth.of(short) <= width ? short : line.state.words
    }

    /// What all lines of a group have in common, or how many of them are open.
    private func state(of lines: [LineStatus], width: Int) -> Span {
        let texts = Set(lines.map { stateText(of: $0, width: width) })
        if texts.count == 1, let first = lines.first {
            return Span(stateText(of: first, width: width), first.state.role)
        }
        let open = lines.count(where: \.isOpen)
        let closed = lines.contains { !$0.isOpen && $0.isClosedByOperator }
        return Span("\(open) of \(lines.count) open", closed ? .closed : open == lines.count ? .open : .text)
    }

    private func count(_ fact: LineColumns.Fact, _ counts: OutcomeCounts) -> Span {
        guard !awaitsCalls else { return Span(glyphs.dash, .muted) }
        let (count, role): (Int, Role) =
            switch fact {
            case .live: (counts.live, .live)
            case .rejected: (counts.rejected, .text)
            case .failed: (counts.failed, .failed)
            case .name, .number, .group, .state, .by, .says, .counts, .calls, .today, .lastCall: (counts.calls, .text)
            }
        return Span(Text.number(count), count > 0 ? role : .muted)
    }

    /// A text with what is wrong with calls before it, besides failures, which have a column where this has one.
    private func alarmed(_ span: Span, by lines: [LineStatus]) -> Span {
        let counts = counts(of: lines)
        let alarms = [(counts.late, "late"), (counts.notApplied, "not applied")].filter { $0.0 > 0 }
        guard lineColumns.columns.contains(where: { $0.fact == .failed }), !alarms.isEmpty else { return span }
        let words = alarms.map { "\(Text.number($0.0)) \($0.1)" }.joined(separator: " \(glyphs.dot) ")
        return Span("\(words) \(glyphs.dot) \(span.text)", .failed)
    }

    /// How long ago the newest call came to one of the lines.
    private func lastCall(of lines: [LineStatus]) -> Span {
        let silences = lines.compactMap { silence(of: $0) }
        guard let newest = silences.min(by: { $0.seconds < $1.seconds }) else { return Span(glyphs.dash, .muted) }
        let isUnusual = silences.count == 1 && newest.isUnusual
        return Span(DurationText.words(seconds: Int64(newest.seconds)), isUnusual ? .late : .text)
    }

    /// What became of the calls of lines; in the role of an alarm if there is one.
    private func countWords(of lines: [LineStatus]) -> Span {
        let counts = counts(of: lines)
        let facts = counts.facts.filter { $0.count > 0 }
        guard counts.calls > 0 else { return Span(awaitsCalls ? "reading the calls" : "no calls", .muted) }
        // Alarms first, since the end may be cut.
        let sorted = facts.filter(\.isAlarm) + facts.filter { !$0.isAlarm }
        let words = [Text.number(counts.calls)] + sorted.map { "\(Text.number($0.count)) \($0.word)" }
        return Span(words.joined(separator: " \(glyphs.dot) "), sorted.first?.isAlarm == true ? .failed : .muted)
    }
}
