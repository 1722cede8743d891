// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Dashboard
package import EventLog
package import Overrides

/// What the dashboard's loop asks of the program around it; nothing here may wait.
package struct DashboardServices: Sendable {
    package let now: @Sendable () -> Instant
    /// The log as it is.
    package let snapshot: @Sendable () -> LogSnapshot
    /// The switches and the lines as they are.
    package let desk: @Sendable () -> ServerStatus
    /// Changes whenever the switches or the rules do, so that the desk is worked out only then.
    package let deskVersion: @Sendable () -> UInt64
    /// Gives the desk an order in the background and reports what came of it.
    package let operate: @Sendable (OverrideCommand, @escaping @Sendable (OverrideResponse) -> Void) -> Void
    /// Reads the rules file again in the background; what comes of it is posted as `told`.
    package let reload: @Sendable () -> Void
    /// Writes an export in the background and reports what became of it.
    package let export:
        @Sendable (_ to: String, _ overwriting: Bool, @escaping @Sendable (ExportOutcome) -> Void) -> Void

    package init(
        now: @escaping @Sendable () -> Instant, snapshot: @escaping @Sendable () -> LogSnapshot,
        desk: @escaping @Sendable () -> ServerStatus, deskVersion: @escaping @Sendable () -> UInt64,
        operate: @escaping @Sendable (OverrideCommand, @escaping @Sendable (OverrideResponse) -> Void) -> Void,
        reload: @escaping @Sendable () -> Void,
        export: @escaping @Sendable (String, Bool, @escaping @Sendable (ExportOutcome) -> Void) -> Void
    ) {
        self.now = now
        self.snapshot = snapshot
        self.desk = desk
        self.deskVersion = deskVersion
        self.operate = operate
        self.reload = reload
        self.export = export
    }
}

extension ServerStatus {
    /// When a line or an override next changes by itself; `nil` when nothing will.
    ///
    /// What is past already is waited for no more: a desk whose clock is behind must not be asked all the time.
    package func nextEnd(after now: Instant) -> Instant? {
        (lines.compactMap(\.until) + overrides.compactMap(\.until)).filter { $0 > now }.min()
    }
}
