// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// Which phone line is selected and which ones are on the screen: by number instead of by row.
struct PhoneLineList: Hashable, Sendable {
    /// The number of the selected line, while there is one.
    private(set) var selected: PhoneNumber?
    /// The place of the selected line.
    private(set) var place = 0
    /// The place of the line in the first row.
    private(set) var top = 0

    /// Fits selection and scroll to the lines and to how many of them there is room for.
    mutating func settle(on lines: [LineStatus], rows: Int) {
        guard !lines.isEmpty else {
            self = PhoneLineList()
            return
        }
        // If the selected line is gone, the cursor stays in its place.
        let found = selected.flatMap { number in
            place < lines.count && lines[place].number == number ? place : lines.firstIndex { $0.number == number }
        }
        place = found ?? min(place, lines.count - 1)
        selected = lines[place].number
        let rows = max(1, rows)
        top = min(max(top, place - rows + 1), place, max(0, lines.count - rows))
    }

    /// Moves the cursor down, or up for a negative number.
    mutating func move(by step: Int, in lines: [LineStatus]) {
        guard !lines.isEmpty else { return }
        place = min(max(0, place + step), lines.count - 1)
        selected = lines[place].number
    }
}

extension DashboardState {
    var lineColumns: LineColumns { LineColumns(width: size.columns) }

    mutating func runInLines(_ key: LineKey) {
        let lines = status?.lines ?? []
        let rows = max(1, lineColumns.lines(in: layout.body.size.rows) - 1)
        switch key {
        case .down: lineList.move(by: 1, in: lines)
        case .up: lineList.move(by: -1, in: lines)
        case .pageDown: lineList.move(by: rows, in: lines)
        case .pageUp: lineList.move(by: -rows, in: lines)
        case .first: lineList.move(by: -lines.count, in: lines)
        case .last: lineList.move(by: lines.count, in: lines)
        case .details: if let selected = lineList.selected { page = TextPage(kind: .line(selected)) }
        case .calls: showsLines = false
        }
    }
}
