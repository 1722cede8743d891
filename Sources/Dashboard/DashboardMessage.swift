// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import Overrides
package import Screen

/// Everything that changes the dashboard's state.
package enum DashboardMessage: Sendable {
    case key(Key)
    /// Text that the terminal pasted in one piece.
    case paste(String)
    /// Keys that arrived faster than anybody types.
    case burst([Key])
    case resized(Size)
    /// The log as it is; `isReading` while its calls are still to come.
    case logChanged(LogSnapshot, isReading: Bool = false)
    /// The overrides, the lines or the server changed.
    case status(ServerStatus)
    case tick(Instant)
    /// Time to go on with work that was split into pieces; see ``DashboardState/hasWork``.
    case idle
    /// The result of `DashboardRequest.export`.
    case exported(ExportOutcome)
    /// The result of `DashboardRequest.order`.
    case overrideResult(OverrideResponse)
    /// The result of `DashboardRequest.explain`.
    case explained(CallExplanation)
    /// A message for the operator.
    case notify(OperatorMessage)
    /// An attached dashboard lost its server, or hears it again.
    case contact(ServerContact)
    /// Another moment of the record.
    case recordMoved(RecordFrame)
    case mouse(MouseEvent)
    /// The operator's settings changed.
    case settings(DashboardSettings)
    /// The themes that can be chosen changed.
    case themes([ThemeOffer])
    /// ^C was pressed, and the server stops if it is pressed again.
    case interrupted
}

/// Work that the dashboard asks of its surroundings.
package enum DashboardEffect: Hashable, Sendable {
    /// Done by the program around the dashboard, in the background.
    case request(DashboardRequest)
    /// Done where the dashboard is, in the background.
    case local(LocalWork)
    /// Ask the terminal to put a text on the clipboard.
    case copy(base64: String)
    case alarm(AlarmSignal)
    /// Draw every cell again.
    case redraw
    case suspend
    case quit
    /// Do what the terminal does for ^C.
    case interrupt
}

/// Work for the program around the dashboard; its result comes back as a message.
package enum DashboardRequest: Hashable, Sendable {
    /// Change the overrides; answered with `DashboardMessage.ordered`.
    case override(OverrideCommand)
    /// Write calls to a file; answered with `DashboardMessage.exported`.
    case export(ExportOrder)
    /// Show another moment of the record; answered with `DashboardMessage.recordMoved`, or `notify`.
    case travel(RecordTravel)
    /// Work out what a call would get; answered with `DashboardMessage.explained`.
    case explain(CallToExplain)
    /// Have the server send itself a signed test call; answered with `DashboardMessage.notify`.
    case testCall(from: String, to: String)
    /// Read the rules file again; answered with `DashboardMessage.notify`.
    case reload
}

/// The result of an export.
package enum ExportOutcome: Hashable, Sendable {
    /// `evicted` calls are no longer in memory, so that the file does not have them.
    case written(path: String, calls: Int, evicted: Int)
    /// The file exists and was left as it is.
    case exists(path: String)
    /// Nothing was written, for this reason.
    case failed(String)
}

/// The result of a change to the overrides.
package enum OverrideResponse: Hashable, Sendable {
    /// It is on disk and in force.
    case done(OverrideResult)
    /// Nothing changed, for this reason.
    case refused(String)
}
