// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

extension DashboardState {
    /// Draws one row per call, newest first, below the names of the columns.
    func drawCalls(on grid: inout Grid, in area: Rect) {
        let columns = CallColumns(width: area.size.columns, chosen: columnNames, contents: list.contents)
        // Over a single sign there is no room for a title.
        for placed in columns.placed where placed.width > 1 {
            let isSorted = placed.column.name == listOrder?.column
            write(placed.column.name, in: placed, row: area.row, as: isSorted ? .match : .header, on: &grid)
        }
        guard !listed.isEmpty else { return drawInvitation(on: &grid, in: area) }
        let calls = list.visible(of: listed, in: shown, rows: area.size.rows - 1)
        for (row, call) in zip(area.rows.dropFirst(), calls) {
            draw(call, row: row, columns: columns, in: area, on: &grid)
        }
    }

    private func draw(_ call: CallRecord, row: Int, columns: CallColumns, in area: Rect, on grid: inout Grid) {
        let query = search.flatMap { $0.holds(call.sequence) ? $0.query : nil }
        let text = list.texts[call]
        var showsMatch = false
        for placed in columns.placed {
            let context = CallColumn.CellContext(
                text: text, width: placed.width, glyphs: glyphs, clock: clock, now: shownNow)
            let cell = placed.column.cell(call, context)
            if write(cell.text, in: placed, row: row, as: cell.role, marking: query, on: &grid) { showsMatch = true }
        }
        // The match is in a part that is cut off, or in the call's id.
        if query != nil, !showsMatch { grid.write(glyphs.dot, row: row, column: 1, as: .match) }
        if let sign = newest(call).remarkSign(glyphs) {
            grid.write(sign, row: row, column: 1, as: query != nil && !showsMatch ? .match : .marked)
        }
        guard call.sequence == list.selected else { return }
        grid.write(glyphs.marker, row: row, column: 0, as: .key)
        grid.select(row: row, columns: area.columns)
    }

    /// Writes a cell and returns whether a match is in the visible part of it.
    @discardableResult
    private func write(
        _ text: String, in placed: CallColumns.Placed, row: Int, as role: Role, marking query: SearchText? = nil,
        on grid: inout Grid
    ) -> Bool {
        let text = CleanText.cut(text, to: placed.width, ellipsis: glyphs.ellipsis)
        let start = placed.column.isNumber ? placed.start + placed.width - DisplayWidth.of(text) : placed.start
        if let query {
            let spans = query.spans(in: text, as: role)
            grid.write(StyledLine(spans), row: row, column: start, width: placed.width)
            return spans.contains { $0.role == .match }
        }
        grid.write(text, row: row, column: start, width: placed.width, as: role)
        return false
    }

    /// Says where calls are expected and how the first one gets here; whole sentences, as many as there are rows for.
    private func drawInvitation(on grid: inout Grid, in area: Rect) {
        let rows = area.rows.dropFirst(area.size.rows < 10 ? 1 : 2)
        var lines: [Span] = []
        for (index, sentence) in invitation.enumerated() {
            let wrapped = TextWrap.lines(sentence, width: area.size.columns - 2)
            guard index == 0 || lines.count + wrapped.count <= rows.count else { break }
            lines += wrapped.map { Span($0, index == 0 ? .text : .muted) }
        }
        for (row, line) in zip(rows, lines) { grid.write(line.text, row: row, column: 1, as: line.role) }
    }

    private var invitation: [String] {
        if let filtered = filter.inForce, !shown.sequences.isEmpty {
            guard filter.calls.isComplete else { return ["Filtering \(Text.count(shown.sequences.count, "call"))."] }
            let none = "None of \(Text.count(shown.sequences.count, "call")) matches: \(filtered.text)"
            // While something is typed, these keys are text, or bring the former filter back.
            let ways = [
                hint(.program(.leave)).map { "\($0) shows all calls" },
                hint(.filtering(.edit)).map { "\($0) changes the filter" },
            ]
            return isPrompting ? [none] : [none, ways.compactMap(\.self).joined(separator: "; ") + "."]
        }
        guard record == nil else { return ["No calls until then."] }
        guard let status else { return ["Starting."] }
        guard !isReadingCalls else { return [Self.readingCalls] }
        let called = status.lines.first?.number.description ?? "NUMBER"
        return [
            "Waiting for calls on \(status.webhookURL).",
            "Put a proxy or a tunnel in front of it and give its address to the platform as webhook_url.",
            "Try: switchboard call --from +31612345678 --to \(called)",
        ]
    }
}
