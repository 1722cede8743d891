// SPDX-License-Identifier: Apache-2.0

/// Work that the dashboard asks of the outside world.
package enum DashboardEffect: Hashable, Sendable {
    /// Close all lines; callers hear the text.
    case close(says: String)
    /// Open all lines: takes back a closure, or skips the hours when it is they that close the lines.
    case open
    /// Takes back a forced opening, so that the lines follow their hours again.
    case followHours
    /// Greet every caller who is let in with the text.
    case greet(String)
    case clearGreeting
    /// Write every call to a file, one JSON object a line.
    case export(to: String, overwriting: Bool)
    /// Read the rules file again.
    case reload
    /// Draw the whole screen anew.
    case redraw
    case suspend
    case quit
}
