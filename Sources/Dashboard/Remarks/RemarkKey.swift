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
                [.character(";")], ";", "note",
                "write a note on the call; then Up rewrites your last one, or removes it if emptied", in: .calls,
                contexts: [.list, .detail], bar: 12)
        }
    }
}

extension DashboardState {
    /// The call as it is now, where the list is frozen or the log has let it go.
    func newest(_ call: CallRecord) -> CallRecord {
        guard let newest = log[call.sequence], newest.id == call.id else { return call }
        return newest
    }

    /// Whether a call can be marked from here now.
    var offersRemarks: Bool { !isReadOnly && obstacle == nil && callHere != nil }

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
        guard let call = callHere else {
            say("no call is selected")
            return []
        }
        switch key {
        case .mark: return toggleMark(of: newest(call))
        case .note:
            // The call stays selected while its note is typed.
            if let selected = list.selected { list.select(selected) }
            let own = operatorHere.flatMap { newest(call).newestNote(by: $0.user)?.text }
            notePrompt = NotePrompt(call: call.id, own: own)
            return []
        }
    }
}
