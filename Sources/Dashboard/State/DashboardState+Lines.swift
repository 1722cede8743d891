// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

extension DashboardState {
    /// How the lines are laid out on this screen.
    var linePlan: LinePlan { LinePlan(width: size.columns) }

    mutating func runInLines(_ command: LineCommand) {
        let lines = desk?.lines ?? []
        let rows = max(1, linePlan.lines(in: Layout(self).body.size.rows) - 1)
        switch command {
        case .down: lineList.move(by: 1, in: lines)
        case .up: lineList.move(by: -1, in: lines)
        case .pageDown: lineList.move(by: rows, in: lines)
        case .pageUp: lineList.move(by: -rows, in: lines)
        case .first: lineList.move(by: -lines.count, in: lines)
        case .last: lineList.move(by: lines.count, in: lines)
        case .whole: if let selected = lineList.selected { page = TextPage(kind: .line(selected)) }
        case .calls: showsLines = false
        }
    }
}
