// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import EventLog
import Screen

extension DashboardState {
    mutating func openDetail(tab: DetailTab) {
        guard let selected = list.selected, let call = shown[selected] else { return }
        list.select(selected)
        detail = Detail(call: call, tab: tab)
    }

    mutating func runInDetail(_ command: DetailCommand) {
        switch command {
        case .nextCall: lookAtNeighbour(1)
        case .previousCall: lookAtNeighbour(-1)
        case .timeline: detail?.turn(to: .timeline)
        case .request: detail?.turn(to: .request)
        case .answer: detail?.turn(to: .answer)
        case .why: detail?.turn(to: .why)
        case .nextTab: detail?.turn(by: 1)
        case .previousTab: detail?.turn(by: -1)
        }
    }

    /// Brings the open detail up to date with its call.
    mutating func refreshDetail(_ layout: Layout) {
        guard var open = detail else { return }
        // Taken out, so that the lines are not copied while they are changed.
        detail = nil
        if let call = shown[open.call.sequence] { open.update(call) } else { open.isGone = true }
        let budget = desk?.answerWithinMilliseconds
        open.layOut(DetailPage(width: size.columns - 2, glyphs: glyphs, clock: clock, answerWithin: budget))
        open.clampScroll(rows: layout.detailRows)
        detail = open
    }

    private mutating func lookAtNeighbour(_ step: Int) {
        guard let tab = detail?.tab else { return }
        let before = list.selected
        list.move(by: step, in: shown)
        guard list.selected != before else {
            return say(step > 0 ? "this is the oldest call" : "this is the newest call")
        }
        openDetail(tab: tab)
    }
}
