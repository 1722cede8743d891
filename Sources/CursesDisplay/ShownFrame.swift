// SPDX-License-Identifier: Apache-2.0

import Screen

/// What was last presented, to know what a new frame changes.
struct ShownFrame {
    var grid: Grid
    let theme: Theme
    let depth: ColorDepth
    let styles: StyleTable
    /// The terminal must be painted even where nothing changes.
    var isStale = true

    /// A frame of which the terminal shows nothing yet.
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
