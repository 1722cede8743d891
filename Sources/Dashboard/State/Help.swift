// SPDX-License-Identifier: Apache-2.0

/// The help page, while it is open.
struct Help: Hashable, Sendable {
    /// How many lines are scrolled out at the top.
    var scroll = 0

    func clamped(lines: Int, rows: Int) -> Help {
        Help(scroll: min(max(0, scroll), max(0, lines - max(1, rows))))
    }
}
