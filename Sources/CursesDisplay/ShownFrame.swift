// SPDX-License-Identifier: Apache-2.0

import Screen

/// What was last presented, to know what a new frame changes.
struct ShownFrame {
    var grid: Grid
    let theme: Theme
    let depth: ColorDepth
    let styles: StyleTable
    /// The terminal must be painted even where nothing changes.
    var isStale = false

    func holds(_ theme: Theme, _ depth: ColorDepth, _ size: Size) -> Bool {
        self.depth == depth && grid.size == size && self.theme == theme
    }
}
