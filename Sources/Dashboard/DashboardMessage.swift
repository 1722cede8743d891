// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import Overrides
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

/// What became of an export.
package enum ExportOutcome: Hashable, Sendable {
    case written(path: String, calls: Int)
    /// The file is there already and was left as it is.
    case exists(path: String)
    /// Nothing was written; the words say why.
    case failed(String)
}

/// What came of an order to the desk.
package enum OverrideResponse: Hashable, Sendable {
    /// It is on disk and in force.
    case done(OverrideResult)
    /// Nothing changed; the words say why.
    case refused(String)
}
