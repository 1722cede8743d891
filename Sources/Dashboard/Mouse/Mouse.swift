// SPDX-License-Identifier: Apache-2.0

import EventLog
import Overrides
import Screen

extension DashboardState {
    /// How many rows one turn of the wheel moves.
    private static let wheelRows = 3

    mutating func take(_ event: MouseEvent) -> [DashboardEffect] {
        guard usesMouse, !layout.isTooSmall, isDialogVisible else { return [] }
        guard (0..<size.rows).contains(event.row), (0..<size.columns).contains(event.column) else { return [] }
        switch event.kind {
        case .wheelUp: return turnWheel(.up)
        case .wheelDown: return turnWheel(.down)
        case .press: return click(row: event.row, column: event.column)
        }
    }

    /// Moves as the keys Up and Down do in the table, whatever they are bound to.
    private mutating func turnWheel(_ key: Key) -> [DashboardEffect] {
        guard dialog == nil, !isPrompting else { return [] }
        if menu != nil { return pressInMenu(key) }
        guard let command = Keymap.standard.command(for: key, in: context) else { return [] }
        return (0..<Self.wheelRows).flatMap { _ in run(command) }
    }

    /// Presses the key that is named where the mouse is, or selects the row there.
    private mutating func click(row: Int, column: Int) -> [DashboardEffect] {
        if menu != nil {
            if let place = menuRow(row: row, column: column) { return takeFromMenu(place) }
        }
        if let key = keyNamed(row: row, column: column) { return press(clicked: key) }
        guard dialog == nil, menu == nil, !isPrompting else { return [] }
        switch screenContext {
        case .list: return selectCall(row: row, column: column)
        case .detail: return layout.isSplit ? selectCall(row: row, column: column) : []
        case .lines: return selectLine(row: row)
        case .columns, .page, .dialog: return []
        }
    }

    private mutating func press(clicked key: Key) -> [DashboardEffect] {
        if dialog != nil {
            // A letter of a button must not be typed into a field.
            if case .character = key, case .field = dialog?.focus { dialog?.focus = .cancel }
            dialog?.isInterrupted = false
            return pressInDialog(key)
        }
        if menu != nil { return pressInMenu(key) }
        if isPrompting { return [] }
        return keymap.command(for: key, in: context).map { run($0) } ?? []
    }

    private mutating func selectCall(row: Int, column: Int) -> [DashboardEffect] {
        let calls = list.visible(of: listed, in: shown, rows: layout.listRows)
        let place = row - layout.list.row - 1
        guard calls.indices.contains(place), layout.list.rows.contains(row), layout.list.columns.contains(column)
        else { return [] }
        let wasSelected = list.selected == calls[place].sequence
        list.select(calls[place].sequence)
        // A second click opens it; the page of an open call follows the selection.
        if wasSelected || detail != nil { openDetail(tab: detail?.tab ?? .timeline) }
        return []
    }

    private mutating func selectLine(row: Int) -> [DashboardEffect] {
        let offset = row - layout.body.row - 1
        guard offset >= 0, layout.body.rows.contains(row) else { return [] }
        let place = lineList.top + offset / lineColumns.rows
        guard lineList.entries.indices.contains(place) else { return [] }
        if place == lineList.place { return run(.lines(.details)) }
        lineList.move(by: place - lineList.place)
        return []
    }

    /// The key that is written at a place of the screen: in a hint, on a tab or on a button.
    private func keyNamed(row: Int, column: Int) -> Key? {
        if case .help? = page?.kind, dialog == nil, layout.body.rows.contains(row) { return nil }
        let cells = Array(view().cells(inRow: row))
        guard let words = Self.hint(in: cells, at: column) else { return nil }
        return words.split(separator: " ").first.flatMap { Key(named: String($0)) }
    }

    /// The words of the hint, tab or button at a column, the key first.
    private static func hint(in cells: [Cell], at column: Int) -> String? {
        guard cells.indices.contains(column) else { return nil }
        let role = cells[column].role
        func text(_ range: Range<Int>) -> String { cells[range].reduce(into: "") { $0 += $1.glyph } }
        func run(around place: Int) -> Range<Int> {
            let role = cells[place].role
            let start = cells[..<place].lastIndex { $0.role != role }.map { $0 + 1 } ?? 0
            let end = cells[place...].firstIndex { $0.role != role } ?? cells.count
            return start..<end
        }
        switch role {
        case .key: return text(run(around: column))
        case .muted:
            // The name right of its key; two blanks end a hint.
            let range = run(around: column)
            let left = text(range.lowerBound..<column + 1)
            guard range.lowerBound > 0, cells[range.lowerBound - 1].role == .key, !left.contains("  ") else {
                return nil
            }
            return text(run(around: range.lowerBound - 1))
        case .button, .focusedButton, .danger:
            return button(text(run(around: column)))
        default: return nil
        }
    }

    /// The key of a button or tab such as `[> y: close ]` or ` 2 Request `; `nil` for other text.
    private static func button(_ text: String) -> String? {
        let inside = text.drop { "[ ▸>".contains($0) }
        guard let key = inside.first, let next = inside.dropFirst().first, next == ":" || next == " " else {
            return nil
        }
        return String(key)
    }
}
