// SPDX-License-Identifier: Apache-2.0

import Screen

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
