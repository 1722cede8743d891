// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Calls
package import EventLog
package import Screen

/// Something that happened, told to the dashboard.
package enum DashboardMessage: Sendable {
    case key(Key)
    /// Text that the terminal pasted in one piece.
    case paste(String)
    case resized(Size)
    /// The log changed.
    case news(LogSnapshot)
    /// The switches, the lines or the server changed.
    case desk(ServerStatus)
    /// The clock moved on.
    case tick(Instant)
    /// What became of `DashboardEffect.export`.
    case exported(ExportOutcome)
    /// What came of `DashboardEffect.order`.
    case ordered(OverrideResponse)
    /// Something that the operator is told.
    case notify(OperatorMessage)
}
