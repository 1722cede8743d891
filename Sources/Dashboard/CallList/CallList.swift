// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

/// Which call is selected and which ones are on the screen; newest first, and by call, never by row.
struct CallList: Sendable {
    /// The sequence of the selected call, while there is one.
    private(set) var selected: UInt64?
    /// The sequence of the call in the first row.
    private(set) var top: UInt64 = 0
    /// The newest call is selected, whichever it is.
    private(set) var isFollowing = true
    /// The view as it was when it was frozen.
    var frozen: FrozenView?

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
        // The lowest sequence that may stand in the first row without leaving rows below it empty.
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

/// What a frozen list shows: the log of one moment, and that moment, for all that counts the time since.
struct FrozenView: Sendable {
    let log: LogSnapshot
    let at: Instant
}
