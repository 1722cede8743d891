// SPDX-License-Identifier: Apache-2.0

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
