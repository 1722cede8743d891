// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// What was done at the desk, newest first, with who, when, why and until when.
struct AuditPage {
    private(set) var lines: [StyledLine] = []
    /// The rows, so that what is read stays in its place when something new is done.
    private(set) var parts: [TextPage.Part] = []
    private let columns: AuditColumns

    init(_ state: DashboardState) {
        columns = AuditColumns(width: state.size.columns - 2)
        let events = state.log.deskEvents
        let rows = events.flatMap(AuditRow.rows)
        guard !rows.isEmpty else {
            let empty = state.awaitsCalls ? Self.reading : Self.empty
            lines = TextWrap.lines(empty, width: columns.width).map { StyledLine($0, .muted) }
            return
        }
        var day = state.clock.local(state.now).date
        for row in rows.reversed() {
            let date = state.clock.local(row.at).date
            parts.append(TextPage.Part(id: row.hashValue, start: lines.count))
            if date != day { lines.append(StyledLine("\(date.weekday.shortName) \(date)", .header)) }
            day = date
            lines += columns.lines(of: row, state)
        }
        guard events.count >= DeskEvent.mostKept else { return }
        let rest = "Only the newest \(DeskEvent.mostKept) changes are kept here."
        lines += TextWrap.lines(rest, width: columns.width).map { StyledLine($0, .muted) }
    }

    private static let reading = "Reading the audit."
    private static let empty = "No override, note or reload yet."
}

/// Where time, operator and the rest of a row are: side by side on a wide screen, below each other on a narrow one.
private struct AuditColumns {
    let width: Int

    /// A text and how many columns it may take.
    private typealias Cell = (text: String, role: Role, width: Int)

    func lines(of row: AuditRow, _ state: DashboardState) -> [StyledLine] {
        let local = state.clock.local(row.at)
        let what = row.what(in: state.status)
        let end = row.end(on: state.clock, now: state.now)
        switch width {
        case ..<68:
            let indent = 6
            let who = row.who.map { "\($0.user) " } ?? ""
            return Self.side(
                [(local.clock, .muted, indent - 1)],
                by: Self.below(
                    [(who + what.text + Self.after(end), what.role), (row.quote, .text), (row.reason, .muted)],
                    width: width - indent))
        case ..<148:
            let whoWidth = 13
            let indent = 9 + whoWidth + 1
            let who = row.who.map { CleanText.cut($0.user, to: whoWidth, ellipsis: state.glyphs.ellipsis) }
            return Self.side(
                [(local.clockWithSeconds, .muted, 8), (who ?? state.glyphs.dash, .call, whoWidth)],
                by: Self.below(
                    [(what.text + Self.after(end), what.role), (row.quote, .text), (row.reason, .muted)],
                    width: width - indent))
        default:
            let fixed = 8 + 26 + 18 + 5
            let rest = width - fixed
            return Self.side(
                [
                    (local.clockWithSeconds, .muted, 8), (row.who?.description ?? state.glyphs.dash, .call, 26),
                    (what.text, what.role, rest * 2 / 5), (end, .text, 18), (row.reason, .muted, rest / 5),
                ],
                by: TextWrap.lines(row.quote, width: rest - rest * 2 / 5 - rest / 5).map { StyledLine($0, .text) })
        }
    }

    private static func after(_ end: String) -> String { end.isEmpty ? "" : " \(end)" }

    /// Texts below each other, each wrapped; empty ones are left out.
    private static func below(_ texts: [(text: String, role: Role)], width: Int) -> [StyledLine] {
        texts.filter { !$0.text.isEmpty }.flatMap { item in
            TextWrap.lines(item.text, width: width).map { StyledLine($0, item.role) }
        }
    }

    /// Cells side by side, each wrapped, and lines to the right of them.
    private static func side(_ cells: [Cell], by last: [StyledLine]) -> [StyledLine] {
        let wrapped = cells.map { TextWrap.lines($0.text, width: $0.width) }
        let rows = max(last.count, wrapped.map(\.count).max() ?? 0)
        return (0..<rows).map { row in
            let start = zip(cells, wrapped).reduce(StyledLine([])) { line, item in
                let (cell, texts) = item
                let text = row < texts.count ? texts[row] : ""
                return line.appending(StyledLine(text, cell.role).padded(to: cell.width + 1))
            }
            return row < last.count ? start.appending(last[row]) : start
        }
    }
}
