// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// The page on which columns are chosen.
struct ColumnPicker: Hashable, Sendable {
    /// All columns, those that are shown first, from left to right.
    private(set) var rows: [Row]
    private(set) var selected = 0
    private let usual: [String]

    struct Row: Hashable, Sendable {
        let name: String
        var isShown: Bool
    }

    /// - Parameters:
    ///   - chosen: The columns that are shown; `nil` for the usual ones.
    ///   - contents: What is known of any call.
    init(_ chosen: [String]?, contents: CallColumns.Contents) {
        usual = CallColumn.usual(contents).map(\.name)
        let known = (chosen ?? []).compactMap { CallColumn.named($0)?.name }
        let shown = known.isEmpty ? usual : known
        let others = CallColumn.all.map(\.name).filter { name in
            // Nothing ever fills that column on a desk of one server.
            !shown.contains(name) && (name != "replica" || contents.hasReplicas)
        }
        rows = shown.map { Row(name: $0, isShown: true) } + others.map { Row(name: $0, isShown: false) }
    }

    /// The columns that are shown; `nil` where those are the usual ones.
    var chosen: [String]? {
        let names = rows.filter(\.isShown).map(\.name)
        return names == usual ? nil : names
    }

    mutating func select(_ row: Int) { selected = min(max(0, row), rows.count - 1) }

    /// Shows or hides the selected column; one is always shown.
    mutating func toggle() {
        guard !rows[selected].isShown || rows.count(where: \.isShown) > 1 else { return }
        rows[selected].isShown.toggle()
    }

    /// Moves the selected column.
    mutating func move(by step: Int) {
        let next = selected + step
        guard rows.indices.contains(next) else { return }
        rows.swapAt(selected, next)
        selected = next
    }
}

extension DashboardState {
    /// Carries out a key of the page; the list follows at once.
    mutating func chooseColumn(_ key: ColumnKey) {
        guard var picker = columns.picker else { return }
        switch key {
        case .toggle: picker.toggle()
        case .left: picker.move(by: -1)
        case .right: picker.move(by: 1)
        case .next: picker.select(picker.selected + 1)
        case .previous: picker.select(picker.selected - 1)
        case .first: picker.select(0)
        case .last: picker.select(picker.rows.count - 1)
        case .sortBy: return sort(by: picker.rows[picker.selected].name)
        case .usual:
            picker = ColumnPicker(nil, contents: list.contents)
            listOrder = nil
        case .choose, .columns, .sort: return
        }
        columns.picker = picker
        columnNames = picker.chosen
    }

    /// Draws the columns to choose from.
    func drawColumnPicker(on grid: inout Grid, in area: Rect) {
        guard let picker = columns.picker else { return }
        grid.write("Columns, from left to right", row: area.row, column: 1, as: .header)
        let rows = max(1, area.size.rows - 1)
        let first = max(0, picker.selected - rows + 1)
        for (place, row) in zip(area.row + 1..<area.rows.upperBound, picker.rows.indices.dropFirst(first)) {
            let column = CallColumn.named(picker.rows[row].name)
            let isShown = picker.rows[row].isShown
            grid.write(isShown ? glyphs.check : " ", row: place, column: 2, as: .answered)
            grid.write(picker.rows[row].name, row: place, column: 4, as: isShown ? .text : .muted)
            grid.write(sortWords(of: picker.rows[row].name), row: place, column: 15, as: .match)
            let help = CleanText.cut(column?.help ?? "", to: max(0, size.columns - 31), ellipsis: glyphs.ellipsis)
            grid.write(help, row: place, column: 30, as: .muted)
            guard row == picker.selected else { continue }
            grid.write(glyphs.marker, row: place, column: 0, as: .key)
            grid.select(row: place, columns: 0..<size.columns)
        }
    }

    private func sortWords(of name: String) -> String {
        listOrder.flatMap { $0.column == name ? $0.words : nil } ?? ""
    }
}
