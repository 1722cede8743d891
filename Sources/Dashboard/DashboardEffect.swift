// SPDX-License-Identifier: Apache-2.0

package import Overrides
import Calls

/// Work that the dashboard asks of the outside world.
package enum DashboardEffect: Hashable, Sendable {
    /// Give the desk an order; what comes of it is told as `DashboardMessage.ordered`.
    case order(OverrideCommand)
    /// Write every call to a file, one JSON object a line.
    case export(to: String, overwriting: Bool)
    /// Read the rules file again.
    case reload
    /// Draw the whole screen anew.
    case redraw
    case suspend
    case quit
}
