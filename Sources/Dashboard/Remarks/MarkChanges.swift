// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides

/// The marks that were asked for and that the log does not show yet: a key pressed again means what will be, not what was.
struct MarkChanges: Hashable, Sendable {
    private struct Change: Hashable, Sendable {
        /// The place of the call in the log.
        let sequence: UInt64
        /// What the server was asked for.
        var asked: Bool
        /// What the operator wants by now.
        var wanted: Bool
        /// The server has done what it was asked for.
        var isDone = false

        mutating func askAgain() -> RemarkChange {
            asked = wanted
            isDone = false
            return wanted ? .mark : .unmark
        }
    }

    private var changes: [CallID: Change] = [:]

    /// Notes that the mark is to be another; returns what to ask of the server, or `nil` while it has not answered.
    mutating func toggle(_ call: CallRecord) -> RemarkChange? {
        guard var change = changes[call.id] else {
            let isWanted = !call.isMarked
            changes[call.id] = Change(sequence: call.sequence, asked: isWanted, wanted: isWanted)
            return isWanted ? .mark : .unmark
        }
        change.wanted.toggle()
        defer { changes[call.id] = change }
        return change.isDone ? change.askAgain() : nil
    }

    /// Takes the server's answer; returns what to ask for next, if the operator changed their mind meanwhile.
    mutating func note(_ change: RemarkChange, on call: CallID, isDone: Bool) -> RemarkChange? {
        guard change == .mark || change == .unmark, var known = changes[call] else { return nil }
        guard isDone else {
            changes[call] = nil
            return nil
        }
        defer { changes[call] = known }
        guard known.wanted == known.asked else { return known.askAgain() }
        known.isDone = true
        return nil
    }

    /// Forgets what the log shows by now, and calls that it has no more.
    mutating func settle(in log: LogSnapshot) {
        guard !changes.isEmpty else { return }
        changes = changes.filter { _, change in
            !change.isDone || log[change.sequence].map { $0.isMarked != change.asked } ?? false
        }
    }
}

extension DashboardState {
    /// Marks a call, or removes its mark; while the server has not answered the last time, the key waits for it.
    mutating func toggleMark(of call: CallRecord) -> [DashboardEffect] {
        // Without a status nothing is pending, and no answer would be known for that of the mark.
        guard status != nil else { return send(.remark(call.isMarked ? .unmark : .mark, on: call.id)) }
        return markChanges.toggle(call).map { send(.remark($0, on: call.id)) } ?? []
    }
}
