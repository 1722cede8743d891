// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
import Overrides
package import Screen

/// Everything that the dashboard shows, as a value: messages change it, a view of it is a grid.
package struct DashboardState: Sendable {
    var size: Size
    let glyphs: Glyphs
    /// The switches may be looked at, not thrown.
    let isReadOnly: Bool
    /// The server runs elsewhere: quitting and suspending touch nobody but this dashboard.
    let isAttached: Bool
    let clock: LocalClock
    /// The path that an export is offered.
    var exportPath: String
    var now: Instant
    var desk: ServerStatus?
    /// The log as it is; the list may show an older one while it is frozen.
    var log = LogSnapshot.empty
    var list = CallList()
    var search: Search?
    /// The call that is looked into, over or beside the list.
    var detail: Detail?
    var page: TextPage?
    /// The lines stand in place of the list of calls.
    var showsLines = false
    var lineList = PhoneLineList()
    var commandLine: CommandLine?
    var dialog: Dialog?
    /// The orders that were given and are not answered yet, the oldest first.
    var pending: [PendingOverride] = []
    var notice: StatusMessage?
    /// What was said, the oldest first.
    var messages: [SaidMessage] = []
    /// How many calls the log had seen when it was last exported.
    var exportedCalls = 0

    /// Creates the dashboard of a session that has no calls yet.
    package init(
        size: Size, glyphs: Glyphs, isReadOnly: Bool, isAttached: Bool = false, clock: LocalClock,
        proposedExportPath: String, now: Instant
    ) {
        self.size = size
        self.glyphs = glyphs
        self.isReadOnly = isReadOnly
        self.isAttached = isAttached
        self.clock = clock
        exportPath = proposedExportPath
        self.now = now
    }

    /// The calls that the list shows.
    var shown: LogSnapshot { list.frozen?.log ?? log }

    /// The moment at which they are shown; it stands still with them.
    var shownNow: Instant { list.frozen?.at ?? now }
}
