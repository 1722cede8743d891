// SPDX-License-Identifier: Apache-2.0

import Calls
package import Screen

extension DashboardState {
    /// Draws the screen; the cost depends on its size, not on how many calls there are.
    package func view() -> Grid {
        var grid = asLastHeard.drawn()
        grid.replaceStandIns(with: glyphs.standIn)
        if look.isASCII { grid.reduceToASCII() }
        if masksNumbers { grid.replace(with: "*", exceptInRow: typedRow(on: grid), at: NumberMask.hidden) }
        return grid
    }

    /// The row that stays readable where numbers are masked: what somebody types, and not what is filled in for them.
    private func typedRow(on grid: Grid) -> Int? {
        if let dialog, case .field(let field) = dialog.focus, dialog.form[field].isGiven { return nil }
        return grid.cursor?.row
    }

    private func drawn() -> Grid {
        var grid = Grid(size: size)
        guard !layout.isTooSmall else {
            drawTooSmall(on: &grid)
            return grid
        }
        drawHeader(on: &grid)
        drawBars(on: &grid, from: layout.bars.lowerBound)
        if let rule = layout.rule { grid.rule(row: rule, glyphs: glyphs, as: .border) }
        switch screenContext {
        case .page: drawPage(on: &grid, in: layout.body)
        case .detail:
            if layout.isSplit { drawCalls(on: &grid, in: layout.list) }
            drawDetail(on: &grid)
        case .lines: drawLines(on: &grid, in: layout.body)
        case .columns: drawColumnPicker(on: &grid, in: layout.body)
        case .list, .dialog: drawCalls(on: &grid, in: layout.list)
        }
        if noContactSince != nil, showsServer { grid.dim(rows: layout.bars.upperBound..<layout.body.rows.upperBound) }
        drawStatus(on: &grid)
        drawFilterPrompt(on: &grid)
        if let menu { draw(menu, on: &grid) }
        if let dialog { draw(dialog, on: &grid) }
        return grid
    }

    /// Whether the body shows what the server said, and not the dashboard's own help and messages.
    private var showsServer: Bool {
        switch page?.kind {
        case .help, .messages: false
        case .audit, .line, .group, .statistics, .replicas, .wall, .explanation, nil: true
        }
    }

    /// One sentence; calls are answered whatever the size.
    private func drawTooSmall(on grid: inout Grid) {
        let smallest = Layout.smallest
        // With ^C as the only key, its answer takes the place of the sentence.
        let answer = statusMessage.flatMap { $0.isAlert && $0.until != nil ? $0.text : nil }
        let needed =
            answer ?? "\(smallest.columns)x\(smallest.rows) needed, \(size.columns)x\(size.rows) now; ^C quits"
        grid.write(CleanText.cut(needed, to: size.columns, ellipsis: glyphs.ellipsis), row: 0, column: 0)
        drawBars(on: &grid, from: 1)
    }

    /// Draws as much of the page as fits; the status bar shows which lines these are.
    private func drawPage(on grid: inout Grid, in area: Rect) {
        guard let page else { return }
        for (row, line) in zip(area.rows, page.lines.dropFirst(page.scroll)) {
            grid.write(line.cut(to: area.size.columns - 2, glyphs: glyphs), row: row, column: 1)
        }
    }

    /// Lays a page out for this width and these rows.
    func fit(_ page: inout TextPage) {
        let rows = layout.body.size.rows
        switch page.kind {
        case .help: page.fit(HelpPage.lines(self), rows: rows)
        case .messages: page.fit(MessagesPage.lines(self), rows: rows)
        case .audit:
            let audit = AuditPage(self)
            page.fit(audit.lines, parts: audit.parts, rows: rows)
        case .line(let number): page.fit(PhoneLinePage.lines(number, self), rows: rows)
        case .group(let name): page.fit(LineGroupPage.lines(name, self), rows: rows)
        case .explanation: page.fit(ExplanationPage.lines(self), rows: rows)
        case .statistics: page.fit(StatisticsPage.lines(self), rows: rows)
        case .replicas: page.fit(ReplicasPage.lines(self), rows: rows)
        case .wall: page.fit(WallPage.lines(self), rows: rows)
        }
    }
}
