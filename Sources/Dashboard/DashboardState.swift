// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
package import Overrides
package import Screen

/// Everything that the dashboard shows, as a value: messages change it, its view is a grid.
package struct DashboardState: Sendable {
    var size: Size
    /// The theme, and the signs that the terminal shows.
    var look: Look
    var settings = DashboardSettings()
    /// The themes that can be chosen.
    var themeOffers: [ThemeOffer] = []
    var clipboard = Clipboard.terminal
    var alarm = Alarm()
    /// A choice that takes all keys.
    var menu: Menu?
    var commandHistory = CommandHistory()
    /// Overrides are shown and cannot be changed.
    let isReadOnly: Bool
    /// The server is another process: quitting or suspending ends only this dashboard.
    let isAttached: Bool
    /// Whether the server stops when its terminal closes.
    let endsWithTerminal: Bool
    /// Who sits at this dashboard; what others do is a message here.
    let operatorHere: Operator?
    let clock: LocalClock
    /// Whether numbers are masked, where the operator chose; `nil` for as the rules file says.
    var maskChoice: Bool?
    /// The path that an export is offered.
    var exportPath: ExportPath
    var exportChoice = ExportChoice()
    /// The time that the screen is drawn for; frozen at the last contact while there is none.
    var now: Instant
    /// The clock, with or without contact.
    var wallClock: Instant
    var status: ServerStatus?
    /// Since when nothing has been heard of the server of an attached dashboard; `nil` while it is heard.
    var noContactSince: Instant?
    /// The moment of a record that is shown; `nil` where a server is.
    var record: RecordMoment?
    /// The log as it is; a frozen list shows an older one.
    var log = LogSnapshot.empty
    /// The calls of a server elsewhere are not known yet.
    var isReadingCalls = false
    var list: CallList
    var search: Search?
    var filter: ListFilter
    var columns = ColumnChoice()
    /// The open call, over or below the list.
    var detail: Detail?
    var page: TextPage?
    /// The newest answer of the server to a question about a call.
    var explanation: CallExplanation?
    /// What was typed for the newest such question.
    var askedForm: DialogForm?
    /// The phone lines are shown in place of the calls.
    var showsLines = false
    var lineList = PhoneLineList()
    var callRate = CallRate()
    var commandLine: CommandLine?
    var notePrompt: NotePrompt?
    var markChanges = MarkChanges()
    /// The marked calls, counted call by call: an export offers them.
    var markedCalls = FilteredCalls()
    var dialog: Dialog?
    /// Commands that were sent and not answered yet, oldest first.
    var pending: [PendingOverride] = []
    var statusMessage: StatusMessage?
    var messages = MessageLog()
    /// How much of what was done at the desk was seen; `nil` before the first look.
    var seenDeskNews: Int?
    /// How many calls the log had seen at the last export.
    var exportedCalls = 0
    /// The rows of the bars below the header.
    private(set) var bars: [Span] = []
    private(set) var layout: Layout

    /// Creates a dashboard that shows a record; nothing of it is live, and nothing can be changed.
    ///
    /// The path that an export is offered may have `ExportPath.time` in it.
    package init(
        size: Size, glyphs: Glyphs, clock: LocalClock, proposedExportPath: String, showing frame: RecordFrame,
        numbers: (any NumberingPlan)? = nil
    ) {
        self.init(
            size: size, glyphs: glyphs, isReadOnly: true, isAttached: true, clock: clock,
            proposedExportPath: proposedExportPath, now: frame.moment.at, numbers: numbers)
        take(frame)
    }

    /// Creates the dashboard of a session that has no calls yet.
    ///
    /// The path that an export is offered may have `ExportPath.time` in it.
    package init(
        size: Size, glyphs: Glyphs, isReadOnly: Bool, isAttached: Bool = false, endsWithTerminal: Bool = true,
        operatorHere: Operator? = nil,
        clock: LocalClock, proposedExportPath: String, now: Instant, numbers: (any NumberingPlan)? = nil
    ) {
        self.size = size
        look = Look(glyphs: glyphs)
        self.isReadOnly = isReadOnly
        self.isAttached = isAttached
        self.endsWithTerminal = endsWithTerminal && !isAttached
        self.operatorHere = operatorHere
        self.clock = clock
        list = CallList(clock: clock)
        filter = ListFilter(plan: numbers ?? PlainNumbers())
        exportPath = ExportPath(proposedExportPath)
        self.now = now
        wallClock = now
        layout = Layout(size: size, bars: 0, showsDetail: false)
    }

    /// The calls that the list shows.
    var shown: LogSnapshot { list.frozen?.log ?? log }

    /// The time at which they are shown; it is frozen with them.
    var shownNow: Instant { list.frozen?.at ?? noContactSince.map { min(now, $0) } ?? now }

    /// Whether telephone numbers are masked on the screen.
    var masksNumbers: Bool { maskChoice ?? status?.masksNumbers ?? false }

    /// What the keys apply to.
    var context: InputContext { dialog != nil || menu != nil ? .dialog : screenContext }

    /// What is on the screen below a dialog.
    var screenContext: InputContext {
        page != nil
            ? .page
            : detail != nil ? .detail : showsLines ? .lines : columns.picker != nil ? .columns : .list
    }

    /// Whether the calls are on the screen, or what the choice of their columns hides.
    var isAmongCalls: Bool { [.list, .columns, .detail].contains(screenContext) }

    /// Whether it is still unknown what calls there are; what is counted of them is unknown, too, and not none.
    var awaitsCalls: Bool { isReadingCalls && log.totals.calls == 0 }

    /// What is said in place of calls and counts that are not known yet.
    static let readingCalls = "Reading the calls."

    /// How many calls are going on, including evicted ones.
    var liveCalls: Int { log.totals.outcomes.onLine }

    /// Whether there is work left that `DashboardMessage.idle` goes on with.
    package var hasWork: Bool {
        search?.isComplete == false || isCountingCalls || !markedCalls.isComplete
            || filter.inForce != nil && !filter.calls.isComplete
    }

    /// Lays the screen out and fits selection, scroll, search and detail to what there is now.
    mutating func settle() {
        bars = asLastHeard.barRows
        layout = Layout(size: size, bars: bars.count, showsDetail: detail != nil)
        followFilter()
        followMarks()
        followOrder()
        list.settle(on: listed, rows: layout.listRows)
        followSearch()
        list.note(list.visible(of: listed, in: shown, rows: layout.listRows))
        refreshDetail()
        followCallRate()
        settleLines()
        settleDialog()
        if var page {
            fit(&page)
            self.page = page
        }
    }

    private mutating func followMarks() {
        markChanges.settle(in: log)
        markedCalls.follow(log, at: nil, \.isMarked)
    }
}
