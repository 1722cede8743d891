// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

extension DashboardState {
    /// Draws one row per call, newest first, below the names of the columns.
    func drawCalls(on grid: inout Grid, in area: Rect) {
        let columns = CallColumns(width: area.size.columns)
        for column in columns.columns {
            write(column.fact.title, in: column, row: area.row, as: .header, on: &grid)
        }
        guard !shown.sequences.isEmpty else { return drawEmpty(on: &grid, in: area) }
        let oldest = shown.sequences.lowerBound
        for (offset, row) in area.rows.dropFirst().enumerated() {
            guard list.top >= oldest + UInt64(offset) else { break }
            let sequence = list.top - UInt64(offset)
            guard let call = shown[sequence] else { continue }
            draw(call, row: row, columns: columns, on: &grid)
        }
    }

    private func draw(_ call: CallRecord, row: Int, columns: CallColumns, on grid: inout Grid) {
        let query = search.flatMap { $0.holds(call.sequence) ? $0.query : nil }
        var isMarked = false
        for column in columns.columns {
            let cell = cell(column, of: call, columns: columns)
            let mark = column.fact.isSearched ? query : nil
            if write(cell.text, in: column, row: row, as: cell.role, marking: mark, on: &grid) { isMarked = true }
        }
        // The query stands in a part that is cut off, or in the call's id.
        if query != nil, !isMarked { grid.write(glyphs.dot, row: row, column: 1, as: .match) }
        guard call.sequence == list.selected else { return }
        grid.write(glyphs.marker, row: row, column: 0, as: .key)
        grid.select(row: row, columns: 0..<size.columns)
    }

    private func cell(_ column: CallColumns.Column, of call: CallRecord, columns: CallColumns) -> Span {
        switch column.fact {
        case .time:
            let local = clock.local(call.firstHeardAt)
            return Span(column.width < 8 ? local.clock : local.clockWithSeconds, .muted)
        case .caller: return Span(call.caller.description, .call)
        case .line: return Span(call.lineWords, .text)
        case .answer: return Span(call.answerWords(glyphs, short: column.width < 16), call.answerRole)
        case .by:
            guard let by = call.exchange?.decision.by else { return Span("", .muted) }
            return Span(by.description, by == .deadline ? .late : .muted)
        case .milliseconds:
            guard let exchange = call.exchange else { return Span("", .muted) }
            let role = Latency.role(microseconds: exchange.microseconds)
            return Span(Words.milliseconds(exchange.microseconds), role)
        case .state: return stateCell(call, alone: !columns.hasConfirmation)
        case .confirmation:
            return Span(call.confirmation.word, call.confirmation.role)
        }
    }

    /// The state; where confirmation has no column of its own, its sign or its alarm stands here too.
    private func stateCell(_ call: CallRecord, alone: Bool) -> Span {
        let words = call.stateWords(glyphs, now: shownNow)
        guard alone, call.confirmation != .notExpected else { return Span(words, call.stateRole(now: shownNow)) }
        guard call.confirmation != .notApplied else {
            return Span("\(words.prefix(1)) \(call.confirmation.word)", .failed)
        }
        return Span("\(words) \(call.confirmation.mark(glyphs))", call.stateRole(now: shownNow))
    }

    /// Writes a cell and returns whether the query stands in what is seen of it.
    @discardableResult
    private func write(
        _ text: String, in column: CallColumns.Column, row: Int, as role: Role, marking query: SearchText? = nil,
        on grid: inout Grid
    ) -> Bool {
        let text = CleanText.cut(text, to: column.width, ellipsis: glyphs.ellipsis)
        if let query {
            return grid.write(text, marking: query, row: row, column: column.start, width: column.width, as: role)
        }
        let start = column.fact.isNumber ? column.start + column.width - DisplayWidth.of(text) : column.start
        grid.write(text, row: row, column: start, width: column.width, as: role)
        return false
    }
}

extension DashboardState {
    /// Says where calls are waited for and how the first one gets here; whole sentences, as many as there are rows for.
    func drawEmpty(on grid: inout Grid, in area: Rect) {
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
        guard let desk else { return ["Starting."] }
        let called = desk.lines.first?.number.description ?? "NUMBER"
        return [
            "Waiting for calls on \(desk.webhookURL).",
            "Put a proxy or a tunnel in front of it and give its address to the platform as webhook_url.",
            "Try: switchboard call --from +31612345678 --to \(called)",
        ]
    }
}
