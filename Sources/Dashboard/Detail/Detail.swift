// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

/// One call that is looked into; its lines are laid out when something changes, not when they are drawn.
struct Detail: Sendable {
    private(set) var call: CallRecord
    private(set) var tab: DetailTab
    /// The log let the call go; what was known last is still shown.
    var isGone = false
    /// How many lines are scrolled out at the top.
    var scroll = 0
    private(set) var lines: [StyledLine] = []
    private var shown: Version?

    /// No page is laid out longer; what is beyond is counted and said.
    static let mostLines = 4000

    /// What the lines were laid out from.
    private struct Version: Equatable {
        let sequence: UInt64
        let entries: Int
        let state: CallState
        let confirmation: Confirmation
        let isAnswered: Bool
        let hasReport: Bool
        let tab: DetailTab
        let width: Int
        let answerWithin: Int?
    }

    init(call: CallRecord, tab: DetailTab) {
        self.call = call
        self.tab = tab
    }

    /// Takes the newest news of the same call.
    mutating func update(_ call: CallRecord) {
        self.call = call
        isGone = false
    }

    mutating func turn(to tab: DetailTab) {
        guard tab != self.tab else { return }
        self.tab = tab
        scroll = 0
    }

    mutating func turn(by step: Int) {
        let count = DetailTab.allCases.count
        turn(to: DetailTab.allCases[(tab.rawValue + step + count) % count])
    }

    /// Lays the lines out anew if the call, the tab or the width is another one.
    mutating func layOut(_ page: DetailPage) {
        let version = Version(
            sequence: call.sequence, entries: call.timeline.count + call.droppedEntries, state: call.state,
            confirmation: call.confirmation, isAnswered: call.exchange != nil, hasReport: call.report != nil, tab: tab,
            width: page.width, answerWithin: page.answerWithin)
        guard version != shown else { return }
        shown = version
        lines = page.lines(of: call, tab: tab)
    }

    mutating func clampScroll(rows: Int) {
        scroll = min(max(0, scroll), max(0, lines.count - max(1, rows)))
    }
}
