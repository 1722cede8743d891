// SPDX-License-Identifier: Apache-2.0

import Screen

/// A few things of which one is chosen; it takes all keys until one is.
struct Menu: Sendable {
    let title: String
    var purpose: Purpose
    let rows: [Row]
    /// The row that Enter takes.
    var place: Int

    /// What is chosen.
    enum Purpose: Sendable {
        /// A theme, which is shown at once; Esc brings back the look before.
        case themes(before: Look)
        /// What of a call goes to the clipboard.
        case copy
    }

    struct Row: Hashable, Sendable {
        /// The key that takes it at once.
        var key: Character?
        let name: String
        let note: String
    }

    var isOfThemes: Bool { if case .themes = purpose { true } else { false } }

    /// The keys that do something in it, for the key bar.
    static let keys = [("Up Down", "another"), ("Enter", "take"), ("Esc", "back")]
}

extension DashboardState {
    mutating func pressInMenu(_ key: Key) -> [DashboardEffect] {
        guard let menu else { return [] }
        switch key {
        case .up, .character("k"), .left, .backTab: moveInMenu(to: menu.place - 1)
        case .down, .character("j"), .right, .tab: moveInMenu(to: menu.place + 1)
        case .home, .pageUp: moveInMenu(to: 0)
        case .end, .pageDown: moveInMenu(to: menu.rows.count - 1)
        case .enter: return takeFromMenu(menu.place)
        case .escape, .character("q"): leaveMenu()
        case .character(let letter):
            if let place = menu.rows.firstIndex(where: { $0.key == letter }) { return takeFromMenu(place) }
        case .control, .backspace, .delete, .function: break
        }
        return []
    }

    private mutating func moveInMenu(to place: Int) {
        guard let menu, menu.rows.indices.contains(place) else { return }
        self.menu?.place = place
        if menu.isOfThemes { previewTheme(at: place) }
    }

    mutating func takeFromMenu(_ place: Int) -> [DashboardEffect] {
        guard let menu else { return [] }
        self.menu = nil
        switch menu.purpose {
        case .themes: return takeTheme(at: place)
        case .copy: return copy(at: place)
        }
    }

    private mutating func leaveMenu() {
        if case .themes(let before)? = menu?.purpose { look = before }
        menu = nil
    }

    /// Where the menu is drawn: at the right edge, so that most of the screen below can be seen.
    private func place(of menu: Menu) -> Rect {
        let name = menu.rows.map { DisplayWidth.of($0.name) }.max() ?? 0
        let note = menu.rows.map { DisplayWidth.of($0.note) }.max() ?? 0
        let width = min(size.columns, max(name + note + 10, DisplayWidth.of(menu.title) + 6))
        let rows = min(layout.body.size.rows, menu.rows.count + 2)
        return Rect(row: layout.body.row, column: size.columns - width, columns: width, rows: rows)
    }

    func draw(_ menu: Menu, on grid: inout Grid) {
        let box = place(of: menu)
        grid.fill(box, as: .dialog)
        grid.box(box, title: menu.title, glyphs: glyphs, as: .focusedBorder)
        if menu.rows.count > box.size.rows - 2, let edge = box.rows.last {
            let words = " \(Text.number(menu.place + 1)) of \(Text.number(menu.rows.count)) "
            grid.write(words, row: edge, endingAt: box.columns.upperBound - 2, as: .focusedBorder)
        }
        for (row, place) in zip(box.rows.dropFirst().dropLast(), firstRow(of: menu, in: box)...) {
            guard menu.rows.indices.contains(place) else { break }
            let entry = menu.rows[place]
            let isChosen = place == menu.place
            let inside = Rect(row: row, column: box.column + 1, columns: box.size.columns - 2, rows: 1)
            if isChosen {
                grid.fill(inside, as: .focusedButton)
                grid.write(glyphs.marker, row: row, column: inside.column, as: .focusedButton)
            }
            var column = inside.column + 2
            if let key = entry.key {
                column += grid.write(String(key), row: row, column: column, as: isChosen ? .focusedButton : .key) + 1
            }
            let end = inside.columns.upperBound - 1
            let room = max(0, end - column - DisplayWidth.of(entry.note) - 2)
            grid.write(
                CleanText.cut(entry.name, to: room, ellipsis: glyphs.ellipsis), row: row, column: column,
                as: isChosen ? .focusedButton : .dialog)
            grid.write(entry.note, row: row, endingAt: end, as: isChosen ? .focusedButton : .muted)
        }
    }

    /// The row of the menu at the top of its box, so that the chosen one is in it.
    private func firstRow(of menu: Menu, in box: Rect) -> Int { max(0, menu.place - (box.size.rows - 2) + 1) }

    /// The row of an open menu at a place on the screen.
    func menuRow(row: Int, column: Int) -> Int? {
        guard let menu else { return nil }
        let box = place(of: menu)
        guard box.columns.contains(column), box.rows.dropFirst().dropLast().contains(row) else { return nil }
        let place = firstRow(of: menu, in: box) + row - box.row - 1
        return menu.rows.indices.contains(place) ? place : nil
    }
}
