// SPDX-License-Identifier: Apache-2.0

import CTerminal
package import Screen

extension TerminalSession {
    /// Shows the frame; only what differs from the one before is written.
    package mutating func present(_ grid: Grid, theme: Theme, depth: ColorDepth) {
        // Taken out, because a copy bound from a stored property of a noncopyable type is never released (Swift 6.3): every
        // frame would leak its grid.
        let kept = shown.take().flatMap { $0.holds(theme, depth, grid.size) ? $0 : nil }
        if kept == nil { sb_erase() }
        var frame = kept ?? ShownFrame(theme: theme, depth: depth)
        let changes = grid.changes(since: frame.grid)
        let isNew = kept == nil || !changes.isEmpty || frame.grid.cursor != grid.cursor
        put(grid, in: changes, frame.styles)
        frame.grid = grid
        shown = frame
        guard isNew else { return }
        sb_cursor(Int32(grid.cursor?.row ?? -1), Int32(grid.cursor?.column ?? 0))
        sb_flush()
        guard link.asks else { return }
        // About what curses writes: the cells, and the way to each run with its look.
        ask(after: changes.reduce(16) { $0 + $1.columns.count + Self.bytesOfRun })
    }

    private static let bytesOfRun = 12

    private func put(_ grid: Grid, in runs: [CellRun], _ styles: StyleTable) {
        for run in runs {
            for column in run.columns { put(grid[run.row, column], row: run.row, column: column, styles) }
        }
    }

    private func put(_ cell: Cell, row: Int, column: Int, _ styles: StyleTable) {
        guard let first = cell.glyph.unicodeScalars.first else { return }
        let style = styles[cell]
        let width = Int32(DisplayWidth.of(cell.glyph))
        let (foreground, background) = (Int32(style.foreground), Int32(style.background))
        let attributes = style.attributes.rawValue
        if cell.glyph.unicodeScalars.dropFirst().isEmpty {
            var scalar = first.value
            sb_put(Int32(row), Int32(column), &scalar, 1, width, attributes, foreground, background)
        } else {
            let scalars = cell.glyph.unicodeScalars.map(\.value)
            sb_put(
                Int32(row), Int32(column), scalars, Int32(scalars.count), width, attributes, foreground, background)
        }
    }
}

/// What was last presented, to find what a new frame changes.
struct ShownFrame {
    var grid: Grid
    let theme: Theme
    let depth: ColorDepth
    let styles: StyleTable

    /// A frame of which the terminal does not show anything yet.
    init(theme: Theme, depth: ColorDepth) {
        grid = Grid(size: Size(columns: 0, rows: 0))
        self.theme = theme
        self.depth = depth
        styles = StyleTable(theme, depth: depth)
    }

    func holds(_ theme: Theme, _ depth: ColorDepth, _ size: Size) -> Bool {
        self.depth == depth && grid.size == size && self.theme == theme
    }
}
