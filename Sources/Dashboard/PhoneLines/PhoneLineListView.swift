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
        case name, number, group, state, by, counts, says
    }

    init(width: Int) {
        let facts: [(fact: Fact, row: Int, width: Int)]
        switch width {
        case ..<70: facts = [(.name, 0, 14), (.state, 0, 0), (.number, 1, 14), (.counts, 1, 0), (.says, 2, 0)]
        case ..<150:
            let group = width < 110 ? 10 : 20
            facts = [
                (.name, 0, min(36, width - group - 52)), (.number, 0, 14), (.group, 0, group), (.state, 0, 0),
                (.by, 1, width / 4), (.counts, 1, width / 3), (.says, 1, 0),
            ]
        default:
            facts = [
                (.name, 0, width / 7), (.number, 0, 16), (.group, 0, width / 12), (.state, 0, 36), (.by, 0, width / 8),
                (.counts, 0, 30), (.says, 0, 0),
            ]
        }
        rows = (facts.map(\.row).max() ?? 0) + 1
        columns = (0..<rows).flatMap { Self.placed(facts, row: $0, width: width) }
    }

    /// How many lines there is room for below the head.
    func lines(in height: Int) -> Int { max(1, (height - 1) / rows) }

    private static func placed(_ facts: [(fact: Fact, row: Int, width: Int)], row: Int, width: Int) -> [Column] {
        var start = margin + (row > 0 ? 2 : 0)
        return facts.filter { $0.row == row }.map { fact in
            // The last one takes what is left.
            let column = Column(
                fact: fact.fact, row: row, start: start, width: fact.width > 0 ? fact.width : max(1, width - start))
            start += column.width + 1
            return column
        }
    }
}

extension LineColumns.Fact {
    var title: String {
        switch self {
        case .name: "line"
        case .number: "number"
        case .group: "group"
        case .state: "state"
        case .by: "by"
        case .counts: "calls"
        case .says: "callers hear"
        }
    }
}

extension DashboardState {
    /// Draws the phone lines that there is room for, below the names of the columns.
    func drawLines(on grid: inout Grid, in area: Rect) {
        let columns = lineColumns
        for column in columns.columns where column.row == 0 {
            grid.write(column.fact.title, row: area.row, column: column.start, width: column.width, as: .header)
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
        let shown = lines.dropFirst(lineList.top).prefix(columns.lines(in: area.size.rows))
        for (offset, line) in shown.enumerated() {
            draw(line, columns, from: area.row + 1 + offset * columns.rows, above: area.rows.upperBound, on: &grid)
        }
    }

    private func draw(_ line: LineStatus, _ columns: LineColumns, from top: Int, above bottom: Int, on grid: inout Grid)
    {
        for column in columns.columns where top + column.row < bottom {
            let fact = span(column.fact, of: line, width: column.width)
            let text = CleanText.cut(fact.text, to: column.width, ellipsis: glyphs.ellipsis)
            grid.write(text, row: top + column.row, column: column.start, width: column.width, as: fact.role)
        }
        guard line.number == lineList.selected else { return }
        grid.write(glyphs.marker, row: top, column: 0, as: .key)
        for row in top..<min(bottom, top + columns.rows) { grid.select(row: row, columns: 0..<size.columns) }
    }

    private func span(_ fact: LineColumns.Fact, of line: LineStatus, width: Int) -> Span {
        switch fact {
        case .name: Span(line.name, .call)
        case .number: Span(line.number.description, .muted)
        case .group: Span(line.group ?? "", .muted)
        case .state: Span(line.stateText(now: now, on: clock), line.state.role)
        case .by: Span(line.by.description, .muted)
        case .counts: silence(of: line, width: width) ?? counts(of: line)
        case .says: Span(line.says.description, .text)
        }
    }

    /// What became of the calls of a line; in the role of an alarm if there is one.
    private func counts(of line: LineStatus) -> Span {
        let counts = log.lines[line: line.number] ?? OutcomeCounts()
        let facts = counts.facts.filter { $0.count > 0 }
        guard counts.calls > 0 else { return Span("no calls", .muted) }
        // Alarms first, since the end may be cut.
        let sorted = facts.filter(\.isAlarm) + facts.filter { !$0.isAlarm }
        let words = [Text.number(counts.calls)] + sorted.map { "\(Text.number($0.count)) \($0.word)" }
        return Span(words.joined(separator: " \(glyphs.dot) "), sorted.first?.isAlarm == true ? .failed : .muted)
    }
}
