// SPDX-License-Identifier: Apache-2.0

import Calls
package import Screen

extension DashboardState {
    /// Draws the screen; the cost depends on its size alone, never on how many calls there are.
    package func view() -> Grid {
        var grid = drawn()
        grid.replaceStandIns(with: glyphs.standIn)
        return grid
    }

    private func drawn() -> Grid {
        var grid = Grid(size: size)
        let layout = Layout(self)
        guard !layout.isTooSmall else {
            drawTooSmall(on: &grid)
            return grid
        }
        drawHeader(on: &grid)
        drawBars(on: &grid, from: layout.bars.lowerBound)
        if let rule = layout.rule { grid.rule(row: rule, glyphs: glyphs, as: .border) }
        switch place {
        case .page: drawPage(on: &grid, in: layout.body)
        case .detail:
            if layout.isSplit { drawCalls(on: &grid, in: layout.list) }
            drawDetail(on: &grid, layout)
        case .lines: drawLines(on: &grid, in: layout.body)
        case .list: drawCalls(on: &grid, in: layout.list)
        }
        drawStatus(on: &grid, layout)
        if let dialog { draw(dialog, on: &grid, below: layout.bars.upperBound) }
        return grid
    }

    /// One sentence; calls are answered whatever the size.
    private func drawTooSmall(on grid: inout Grid) {
        let smallest = Layout.smallest
        let needed = "\(smallest.columns)x\(smallest.rows) needed, \(size.columns)x\(size.rows) now; ^C quits"
        grid.write(CleanText.cut(needed, to: size.columns, ellipsis: glyphs.ellipsis), row: 0, column: 0)
        drawBars(on: &grid, from: 1)
    }
}

extension DashboardState {
    /// The lines of the page that is open.
    var pageLines: [StyledLine] {
        switch page?.kind {
        case .help: HelpPage.lines(self)
        case .messages: MessagesPage.lines(self)
        case .line(let number): PhoneLinePage.lines(number, self)
        case nil: []
        }
    }

    /// Draws as much of the page as fits; the status bar says which lines these are.
    func drawPage(on grid: inout Grid, in area: Rect) {
        for (row, line) in zip(area.rows, pageLines.dropFirst(page?.scroll ?? 0)) {
            grid.write(line.cut(to: area.size.columns - 2, glyphs: glyphs), row: row, column: 1)
        }
    }
}

/// A page of text in place of the list, while it is open.
struct TextPage: Hashable, Sendable {
    let kind: Kind
    /// How many lines are scrolled out at the top.
    var scroll = 0

    /// What the page tells.
    enum Kind: Hashable, Sendable {
        case help
        /// What the dashboard said, the newest first.
        case messages
        /// All of one line, and what touches it.
        case line(PhoneNumber)
    }

    func clamped(lines: Int, rows: Int) -> TextPage {
        TextPage(kind: kind, scroll: min(max(0, scroll), max(0, lines - max(1, rows))))
    }
}
