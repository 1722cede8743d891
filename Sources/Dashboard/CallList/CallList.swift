// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// Which call is selected and which ones are on the screen: newest first, and by call instead of by row.
struct CallList: Sendable {
    /// The sequence of the selected call, while there is one.
    private(set) var selected: UInt64?
    /// The sequence of the call in the first row.
    private(set) var top: UInt64 = 0
    /// The newest call is selected, and stays so when newer ones come.
    private(set) var isFollowing = true
    /// The calls and the time at which the list was frozen.
    var frozen: FrozenView?
    /// What was decided for the calls, in words.
    var texts: CallTexts

    init(clock: LocalClock) {
        texts = CallTexts(clock: clock)
    }

    /// Fits selection and scroll to the calls that are there and the rows that show them.
    mutating func settle(on log: LogSnapshot, rows: Int) {
        let sequences = log.sequences
        guard let newest = sequences.last else {
            selected = nil
            top = 0
            return
        }
        if isFollowing { selected = newest }
        let wanted = selected ?? newest
        let cursor = min(max(wanted, sequences.lowerBound), newest)
        selected = cursor
        if isFollowing { top = newest }
        let rows = UInt64(max(1, rows))
        // The lowest sequence that the first row can have without leaving rows below it empty.
        let lowestTop = min(newest, sequences.lowerBound + rows - 1)
        top = min(max(top, lowestTop, cursor), newest)
        if top - cursor >= rows { top = cursor + rows - 1 }
    }

    /// Moves the cursor towards older calls, or towards newer ones for a negative number.
    mutating func move(by rows: Int, in log: LogSnapshot) {
        guard let newest = log.sequences.last, let selected else { return }
        let step = UInt64(rows.magnitude)
        let older = selected - min(step, selected - min(selected, log.sequences.lowerBound))
        select(rows > 0 ? older : min(newest, selected + step))
    }

    /// Selects a call and stays with it.
    mutating func select(_ sequence: UInt64) {
        selected = sequence
        isFollowing = false
    }

    /// Selects the newest call, and every newer one that comes.
    mutating func follow() {
        isFollowing = true
    }

    /// The calls in the visible rows, from the top.
    func visible(in log: LogSnapshot, rows: Int) -> [CallRecord] {
        guard !log.sequences.isEmpty, top >= log.sequences.lowerBound else { return [] }
        let count = min(UInt64(max(0, rows)), top - log.sequences.lowerBound + 1)
        return (0..<count).compactMap { log[top - $0] }
    }

    /// How many calls came above the first row.
    func countAbove(in log: LogSnapshot) -> Int {
        guard let newest = log.sequences.last, newest > top else { return 0 }
        return Int(newest - top)
    }

    /// The place of the selected call, counted from the newest, which is 1.
    func position(in log: LogSnapshot) -> Int? {
        guard let selected, let newest = log.sequences.last, newest >= selected else { return nil }
        return Int(newest - selected) + 1
    }
}

/// What a frozen list shows: the log at one time, and that time, for everything that counts from it.
struct FrozenView: Sendable {
    let log: LogSnapshot
    let at: Instant
}

extension DashboardState {
    mutating func runInList(_ key: ListKey) {
        let page = max(1, layout.listRows - 1)
        switch key {
        case .older: list.move(by: 1, in: shown)
        case .newer: list.move(by: -1, in: shown)
        case .pageDown: list.move(by: page, in: shown)
        case .pageUp: list.move(by: -page, in: shown)
        case .newest, .follow: list.follow()
        case .oldest: if let oldest = shown.sequences.first { list.select(oldest) }
        case .freeze: list.frozen = list.frozen == nil ? FrozenView(log: log, at: now) : nil
        case .lines: showsLines = true
        case .details: openDetail(tab: .timeline)
        }
    }
}
