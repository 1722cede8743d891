// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// Which phone line or group is selected and which ones are on the screen: by number or name instead of by row.
struct PhoneLineList: Hashable, Sendable {
    /// The rows there are.
    private(set) var entries: [LineEntry] = []
    /// The place of the selected entry.
    private(set) var place = 0
    /// The place of the entry in the first row.
    private(set) var top = 0
    /// The selected line or group, while there is one.
    private(set) var scope: Scope?

    /// The number of the selected line; `nil` if a group is selected.
    var selected: PhoneNumber? {
        if case .line(let number) = scope { number } else { nil }
    }

    /// Fits selection and scroll to the lines and to how many rows there is room for.
    mutating func settle(on lines: [LineStatus], rows: Int) {
        guard !lines.isEmpty else {
            self = PhoneLineList()
            return
        }
        entries = LineEntry.all(of: lines)
        // If the selected entry is gone, the cursor stays in its place.
        let found = scope.flatMap { scope in
            place < entries.count && entries[place].scope == scope
                ? place : entries.firstIndex { $0.scope == scope }
        }
        place = found ?? min(place, entries.count - 1)
        scope = entries[place].scope
        let rows = max(1, rows)
        top = min(max(top, place - rows + 1), place, max(0, entries.count - rows))
    }

    /// Moves the cursor down, or up for a negative number.
    mutating func move(by step: Int) {
        guard !entries.isEmpty else { return }
        place = min(max(0, place + step), entries.count - 1)
        scope = entries[place].scope
    }

    /// The place of the selected line among the lines, from 1; `nil` for a group.
    var position: Int? {
        guard entries.indices.contains(place), !entries[place].isGroup else { return nil }
        return entries[...place].count { !$0.isGroup }
    }
}

extension DashboardState {
    var lineColumns: LineColumns { LineColumns(width: size.columns, countsByDay: countsLinesByDay) }

    mutating func runInLines(_ key: LineKey) {
        let rows = max(1, lineColumns.lines(in: layout.body.size.rows) - 1)
        let all = lineList.entries.count
        switch key {
        case .down: lineList.move(by: 1)
        case .up: lineList.move(by: -1)
        case .pageDown: lineList.move(by: rows)
        case .pageUp: lineList.move(by: -rows)
        case .first: lineList.move(by: -all)
        case .last: lineList.move(by: all)
        case .details:
            if case .line(let number) = lineList.scope { page = TextPage(kind: .line(number)) }
            if case .group(let name) = lineList.scope { page = TextPage(kind: .group(name)) }
        case .calls: showsLines = false
        }
    }

    /// The selected group, with which a dialog over the view of the lines starts.
    var chosenGroup: Scope? {
        if case .group(let name) = page?.kind { return .group(name) }
        guard screenContext == .lines, case .group = lineList.scope else { return nil }
        return lineList.scope
    }

    /// Fits the phone lines to the screen, while they are on it.
    mutating func settleLines() {
        guard showsLines else { return }
        lineList.settle(on: status?.lines ?? [], rows: lineColumns.lines(in: layout.body.size.rows))
    }
}
