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
    /// The newest call that the first row had; later ones are new.
    private var newestSeen: UInt64 = 0
    /// The call that is to be selected once it is known whether the list shows it.
    private var wanted: UInt64?
    /// The newest call is selected, and stays so when newer ones come.
    private(set) var isFollowing = true
    /// The calls and the time at which the list was frozen.
    var frozen: FrozenView?
    /// What was decided for the calls, in words.
    var texts: CallTexts

    /// What the calls that were shown had, such as names of callers; the list then has columns for it.
    private(set) var contents = CallColumns.Contents()

    init(clock: LocalClock) {
        texts = CallTexts(clock: clock)
    }

    /// Fits selection and scroll to the calls that are listed and the rows that show them.
    mutating func settle(on listed: ListedCalls, rows: Int) {
        guard !listed.isEmpty else {
            // The selected call may be among those that were not looked at yet.
            if !listed.isComplete { wanted = wanted ?? selected }
            selected = nil
            top = 0
            return
        }
        let rows = max(1, rows)
        var cursor = 0
        if !isFollowing, let sought = wanted ?? selected {
            cursor = listed.row(nearest: sought)
            wanted = listed.isComplete || listed[cursor] == sought ? nil : sought
        }
        var first = isFollowing ? 0 : min(listed.row(nearest: top), max(0, listed.count - rows), cursor)
        if cursor - first >= rows { first = cursor - rows + 1 }
        selected = listed[cursor]
        top = listed[first] ?? 0
        if first == 0 { newestSeen = max(newestSeen, top) }
    }

    /// Moves the cursor towards older calls, or towards newer ones for a negative number.
    mutating func move(by rows: Int, in listed: ListedCalls) {
        guard let selected else { return }
        let row = min(max(0, listed.row(nearest: selected) + rows), listed.count - 1)
        if let sequence = listed[row] { select(sequence) }
    }

    /// Selects a call and stays with it.
    mutating func select(_ sequence: UInt64) {
        selected = sequence
        wanted = nil
        isFollowing = false
    }

    /// Selects the newest call, and every newer one that comes.
    mutating func follow() {
        wanted = nil
        isFollowing = true
    }

    /// The calls in the visible rows, from the top.
    func visible(of listed: ListedCalls, in log: LogSnapshot, rows: Int) -> [CallRecord] {
        guard !listed.isEmpty else { return [] }
        let first = listed.row(nearest: top)
        return (first..<first + max(0, rows)).compactMap { listed[$0].flatMap { log[$0] } }
    }

    /// Takes note of what the calls that are about to be drawn need room for.
    mutating func note(_ calls: [CallRecord]) {
        texts.keep(calls)
        contents.note(calls)
    }

    /// How many calls came above the first row since that was the newest one.
    func newAbove(in listed: ListedCalls) -> Int {
        guard !listed.isEmpty else { return 0 }
        let row = listed.row(nearest: newestSeen)
        let isNewer = listed[row].map { $0 > newestSeen } ?? false
        return min(listed.row(nearest: top), isNewer ? row + 1 : row)
    }

    /// The place of the selected call, counted from the newest, which is 1.
    func position(in listed: ListedCalls) -> Int? { selected.flatMap(listed.row).map { $0 + 1 } }
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
        case .older: list.move(by: 1, in: listed)
        case .newer: list.move(by: -1, in: listed)
        case .pageDown: list.move(by: page, in: listed)
        case .pageUp: list.move(by: -page, in: listed)
        case .newest, .follow: list.follow()
        case .oldest: if let oldest = listed[listed.count - 1] { list.select(oldest) }
        case .freeze: list.frozen = list.frozen == nil ? FrozenView(log: log, at: now) : nil
        case .lines: showsLines = true
        case .details where list.selected == nil: remark("no call is selected")
        case .details: openDetail(tab: .timeline)
        }
    }
}
