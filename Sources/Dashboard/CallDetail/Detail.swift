// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// An open call; its page is laid out when something changes, not when it is drawn.
struct Detail: Sendable {
    private(set) var call: CallRecord
    private(set) var tab: DetailTab
    /// The log evicted the call; what was known last is still shown.
    var isGone = false
    /// How many lines are scrolled out at the top.
    var scroll = 0
    private(set) var lines: [StyledLine] = []
    private var shown: Version?

    /// No page gets longer; its last line marks that.
    static let mostLines = 4000

    /// What the lines were laid out from.
    private struct Version: Equatable {
        let id: CallID
        let revision: Int
        let tab: DetailTab
        let width: Int
    }

    init(call: CallRecord, tab: DetailTab) {
        self.call = call
        self.tab = tab
    }

    /// Takes a newer record of the same call.
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

    /// Lays the page out again if the call, the tab or the width changed.
    mutating func layOut(_ page: DetailPage) {
        let version = Version(id: call.id, revision: call.revision, tab: tab, width: page.width)
        guard version != shown else { return }
        shown = version
        lines = page.lines(of: call, tab: tab)
    }

    mutating func clampScroll(rows: Int) {
        scroll = min(max(0, scroll), max(0, lines.count - max(1, rows)))
    }
}

/// The pages of a call.
enum DetailTab: Int, CaseIterable, Hashable, Sendable {
    case timeline, request, answer, why, report

    var title: String {
        switch self {
        case .timeline: "Timeline"
        case .request: "Request"
        case .answer: "Answer"
        case .why: "Why"
        case .report: "Report"
        }
    }
}

extension DashboardState {
    mutating func openDetail(tab: DetailTab) {
        guard let selected = list.selected, let call = shown[selected] else { return }
        list.select(selected)
        detail = Detail(call: call, tab: tab)
    }

    mutating func runInDetail(_ key: DetailKey) {
        switch key {
        case .olderCall: openNeighbour(1)
        case .newerCall: openNeighbour(-1)
        case .timeline: detail?.turn(to: .timeline)
        case .request: detail?.turn(to: .request)
        case .answer: detail?.turn(to: .answer)
        case .why: detail?.turn(to: .why)
        case .report: detail?.turn(to: .report)
        case .nextTab: detail?.turn(by: 1)
        case .previousTab: detail?.turn(by: -1)
        }
    }

    /// Brings the open detail up to date with its call.
    mutating func refreshDetail() {
        guard var open = detail else { return }
        // Taken out, so that the lines are not copied while they change.
        detail = nil
        if let call = shown[open.call.sequence] { open.update(call) } else { open.isGone = true }
        open.layOut(
            DetailPage(width: layout.detail.size.columns - 2, glyphs: glyphs, clock: clock, texts: list.texts))
        open.clampScroll(rows: layout.detailRows)
        detail = open
    }

    private mutating func openNeighbour(_ step: Int) {
        guard let tab = detail?.tab else { return }
        let before = list.selected
        list.move(by: step, in: listed)
        guard list.selected != before else {
            return say(step > 0 ? "this is the oldest call" : "this is the newest call")
        }
        openDetail(tab: tab)
    }
}
