// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// What an operator says of one call; none of it in a read-only dashboard.
enum RemarkKey: CaseIterable, Sendable {
    case mark, note

    var binding: Binding {
        switch self {
        case .mark:
            Binding(
                [.character("m")], "m", "mark", "mark the call, or remove its mark; is:marked finds it", in: .calls,
                contexts: [.list, .detail], bar: 11, word: "mark")
        case .note:
            Binding(
                [.character(";")], ";", "note", "write a note on the call, with your name and the time", in: .calls,
                contexts: [.list, .detail], bar: 12)
        }
    }
}

extension DashboardState {
    /// The call that a mark or a note is for: the open one, or the selected one.
    var remarkedCall: CallRecord? {
        switch screenContext {
        case .detail: detail?.call
        case .list: list.selected.flatMap { shown[$0] }
        case .lines, .page, .dialog: nil
        }
    }

    /// The call as it is now, where the list is frozen or the log has let it go.
    func newest(_ call: CallRecord) -> CallRecord {
        guard let newest = log[call.sequence], newest.id == call.id else { return call }
        return newest
    }

    /// Whether a call can be marked from here now.
    var offersRemarks: Bool { !isReadOnly && obstacle == nil && remarkedCall != nil }

    mutating func runRemark(_ key: RemarkKey) -> [DashboardEffect] {
        guard record == nil else {
            say("this is a record: calls of it cannot be marked")
            return []
        }
        guard !isReadOnly else {
            say("read-only: calls cannot be marked")
            return []
        }
        if let obstacle {
            say(obstacle, isAlert: true)
            return []
        }
        guard let call = remarkedCall else {
            say("no call is selected")
            return []
        }
        switch key {
        case .mark: return send(.remark(newest(call).isMarked ? .unmark : .mark, on: call.id))
        case .note:
            // The call stays selected while its note is typed.
            if let selected = list.selected { list.select(selected) }
            notePrompt = NotePrompt(call: call.id)
            return []
        }
    }
}
