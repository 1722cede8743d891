// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

extension DashboardState {
    /// Draws every line that there is room for, below the names of the columns.
    func drawLines(on grid: inout Grid, in area: Rect) {
        let plan = linePlan
        for column in plan.columns where column.row == 0 {
            grid.write(column.fact.title, row: area.row, column: column.start, width: column.width, as: .header)
        }
        let lines = desk?.lines ?? []
        guard !lines.isEmpty else {
            let words =
                desk == nil ? "Starting." : "There are no lines in the rules file: every number is answered alike."
            grid.write(words, row: area.row + 1, column: 1, width: area.size.columns - 2)
            return
        }
        let shown = lines.dropFirst(lineList.top).prefix(plan.lines(in: area.size.rows))
        for (offset, line) in shown.enumerated() {
            draw(line, plan, from: area.row + 1 + offset * plan.rows, above: area.rows.upperBound, on: &grid)
        }
    }

    private func draw(_ line: LineStatus, _ plan: LinePlan, from top: Int, above bottom: Int, on grid: inout Grid) {
        for column in plan.columns where top + column.row < bottom {
            let fact = span(column.fact, of: line)
            let text = CleanText.cut(fact.text, to: column.width, ellipsis: glyphs.ellipsis)
            grid.write(text, row: top + column.row, column: column.start, width: column.width, as: fact.role)
        }
        guard line.number == lineList.selected else { return }
        grid.write(glyphs.marker, row: top, column: 0, as: .key)
        for row in top..<min(bottom, top + plan.rows) { grid.select(row: row, columns: 0..<size.columns) }
    }

    private func span(_ fact: LinePlan.Fact, of line: LineStatus) -> Span {
        switch fact {
        case .name: Span(line.name, .call)
        case .number: Span(line.number.description, .muted)
        case .group: Span(line.group ?? "", .muted)
        case .state: Span(line.standing(now: now), line.state.role)
        case .by: Span(line.by.description, .muted)
        case .says: Span(line.says.description, .text)
        }
    }
}
