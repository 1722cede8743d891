// SPDX-License-Identifier: Apache-2.0

/// A key as the dashboard knows it, whatever bytes the terminal sends for it.
package enum Key: Hashable, Sendable {
    case character(Character)
    /// A letter with Control, in lower case: `.control("l")`.
    case control(Character)
    case enter, escape, tab, backTab, backspace, delete
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 to F12.
    case function(Int)
}
