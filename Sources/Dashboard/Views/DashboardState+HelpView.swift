// SPDX-License-Identifier: Apache-2.0

import Screen

extension DashboardState {
    /// Draws as much of the help as fits; the status bar says which lines these are.
    func drawHelp(on grid: inout Grid, in area: Rect) {
        let lines = HelpPage.lines(self)
        let scroll = help?.scroll ?? 0
        for (row, line) in zip(area.rows, lines.dropFirst(scroll)) {
            grid.write(line.cut(to: area.size.columns - 2, glyphs: glyphs), row: row, column: 1)
        }
    }
}
