// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Dashboard
package import EventLog
package import Overrides

/// What the dashboard's loop needs of the program around it; nothing here may block.
package struct DashboardServices: Sendable {
    package let now: @Sendable () -> Instant
    /// The log as it is.
    package let snapshot: @Sendable () -> LogSnapshot
    /// The overrides and the lines as they are.
    package let status: @Sendable () -> ServerStatus
    /// Changes with the overrides and the rules, so that the status is computed only then.
    package let statusVersion: @Sendable () -> UInt64
    /// Carries out a request in the background and reports its result.
    package let perform: @Sendable (DashboardRequest, @escaping @Sendable (DashboardMessage) -> Void) -> Void
    /// Whether the log does not have the calls yet, since they are still being read.
    package let isReadingCalls: @Sendable () -> Bool
    /// Does work that belongs to this terminal in the background, and reports its result.
    package var local: @Sendable (LocalWork, @escaping @Sendable (DashboardMessage) -> Void) -> Void = { _, _ in }

    package init(
        now: @escaping @Sendable () -> Instant, snapshot: @escaping @Sendable () -> LogSnapshot,
        status: @escaping @Sendable () -> ServerStatus, statusVersion: @escaping @Sendable () -> UInt64,
        perform: @escaping @Sendable (DashboardRequest, @escaping @Sendable (DashboardMessage) -> Void) -> Void,
        isReadingCalls: @escaping @Sendable () -> Bool = { false }
    ) {
        self.isReadingCalls = isReadingCalls
        self.now = now
        self.snapshot = snapshot
        self.status = status
        self.statusVersion = statusVersion
        self.perform = perform
    }
}
