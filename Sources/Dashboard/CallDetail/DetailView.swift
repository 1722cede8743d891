// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

extension DashboardState {
    /// Draws the open call: caller and line, the tabs, and the page of one of them.
    func drawDetail(on grid: inout Grid) {
        guard let detail else { return }
        let area = layout.detail
        var row = area.row
        if layout.isBelow {
            grid.rule(row: row, glyphs: glyphs, as: .focusedBorder)
            row += 1
        }
        if layout.isBeside {
            let rule = Rect(row: area.row, column: area.column - 1, columns: 1, rows: area.size.rows)
            grid.fill(rule, with: glyphs.vertical, as: .focusedBorder)
        }
        title(of: detail).draw(on: &grid, row: row, columns: area.columns, glyphs: glyphs)
        tabs(of: detail, rows: layout.detailRows).draw(on: &grid, row: row + 1, columns: area.columns, glyphs: glyphs)
        for (offset, line) in detail.lines.dropFirst(detail.scroll).prefix(layout.detailRows).enumerated() {
            grid.write(line, row: row + 2 + offset, column: area.column + 1, width: area.size.columns - 2)
        }
    }

    private func title(of detail: Detail) -> SegmentRow {
        let call = detail.call
        var row = SegmentRow()
        row.add(call.parties(glyphs), .title, rank: 0)
        if call.lineName != nil { row.add("(\(call.called))", .muted, rank: 4, gap: 1) }
        if detail.isGone { row.addRight("evicted from memory", .muted, rank: 2) }
        row.addRight(call.stateText(glyphs, now: shownNow), call.stateRole(now: shownNow), rank: 1)
        let mark = call.confirmation.mark(glyphs)
        row.addRight(mark.isEmpty ? "" : "\(call.confirmation.word) \(mark)", call.confirmation.role, rank: 3)
        return row
    }

    private func tabs(of detail: Detail, rows: Int) -> SegmentRow {
        var row = SegmentRow()
        for tab in DetailTab.allCases {
            let isOpen = tab == detail.tab
            // A narrow screen has room for the name of the open one only.
            let title = "\(tab.rawValue + 1)" + (isOpen || layout.detail.size.columns >= 64 ? " \(tab.title)" : "")
            row.add(isOpen ? "[\(title)]" : " \(title) ", isOpen ? .focusedButton : .button, rank: isOpen ? 0 : 2)
        }
        if detail.lines.count > rows {
            let last = min(detail.lines.count, detail.scroll + rows)
            row.addRight("\(detail.scroll + 1)-\(last) of \(Text.number(detail.lines.count))", .muted, rank: 3)
        }
        return row
    }
}
