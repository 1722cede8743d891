// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Why a command was refused; nothing has changed then.
package enum OverrideError: Error, Hashable, Sendable {
    case noScope
    case unknownGroup(String, known: [String])
    /// The number is in no line of the rules file.
    case unknownLine(PhoneNumber)
    case emptyText
    case emptyNote
    case textTooLong(limit: Int)
    case reasonTooLong(limit: Int)
    /// None of the lines has hours that change, so `until the next change` would never end.
    case noChangeAhead
    case timeIsPast
    case tooLong(days: Int)
    /// No operator closure covers these lines.
    case nothingClosed([Scope])
    /// A wider override keeps the lines closed, so that opening a narrower scope would do nothing.
    case closedWider(by: Scope)
    /// Nothing is forced open there.
    case nothingForced([Scope])
    case noGreeting([Scope])
    case noOverride(id: Int)
    case noCaller
    /// Nothing is set for any of these callers.
    case nothingOnCallers([PhoneNumber])
    /// A caller has no hours, so that `until the next change` has no meaning.
    case callersHaveNoHours
    case tooManyCallers(limit: Int)
    case nothingToUndo
    /// No call with this id is in memory or in the journal.
    case noCall(CallID)
    /// The call is kept by another replica of the desk.
    case callElsewhere(CallID, replica: String)
    /// The journal, where the call may be, cannot be read.
    case journalUnreadable(String)
    case alreadyMarked(CallID)
    case notMarked(CallID)
    case withoutNotes(CallID)
    case withoutNoteOf(String, CallID)
    case tooManyNotes(limit: Int)
    /// The new state could not be saved, so nothing is in force that a restart would forget.
    case notDurable(String)
    /// The other replicas could not be asked, so nothing changed.
    case notShared(String)

    /// The reason as one word, for scripts and JSON; a format.
    package var code: String {
        switch self {
        case .noScope: "no_scope"
        case .unknownGroup: "unknown_group"
        case .unknownLine: "unknown_line"
        case .emptyText, .emptyNote: "empty_text"
        case .textTooLong: "text_too_long"
        case .reasonTooLong: "reason_too_long"
        case .noChangeAhead: "no_change_ahead"
        case .timeIsPast: "time_is_past"
        case .tooLong: "too_long"
        case .nothingClosed: "nothing_closed"
        case .closedWider: "closed_wider"
        case .nothingForced: "nothing_forced"
        case .noGreeting: "no_greeting"
        case .noOverride: "no_override"
        case .noCaller: "no_caller"
        case .nothingOnCallers: "nothing_on_callers"
        case .callersHaveNoHours: "no_change_ahead"
        case .tooManyCallers: "too_many_callers"
        case .nothingToUndo: "nothing_to_undo"
        case .noCall: "no_call"
        case .callElsewhere: "call_elsewhere"
        case .journalUnreadable: "journal_unreadable"
        case .alreadyMarked: "already_marked"
        case .notMarked: "not_marked"
        case .withoutNotes: "no_notes"
        case .withoutNoteOf: "no_own_note"
        case .tooManyNotes: "too_many_notes"
        case .notDurable: "not_durable"
        case .notShared: "not_shared"
        }
    }
}

extension OverrideError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noScope: "no lines named; use all, a group or a line"
        case .unknownGroup(let name, let known):
            known.isEmpty
                ? "no group \(name): the rules file has no groups"
                : "no group \(name); the rules file has \(known.joined(separator: ", "))"
        case .unknownLine(let number): "\(number) is not a line of the rules file"
        case .emptyText: "the text is empty; callers need to hear something"
        case .emptyNote: "the note is empty"
        case .textTooLong(let limit): "the text is longer than \(limit) characters"
        case .reasonTooLong(let limit): "the reason is longer than \(limit) characters"
        case .noChangeAhead:
            "these lines have no hours that change, so the override would never end; give an end, or use until reopened"
        case .timeIsPast: "that time is in the past"
        case .tooLong(let days): "an override with an end lasts at most \(days) days; use until reopened for longer"
        case .nothingClosed(let scopes):
            "no operator closure on \(scopes.words); to open outside business hours, use --force"
        case .closedWider(let scope):
            "the closure of \(scope.words) keeps these lines closed; open \(scope.words) first"
        case .nothingForced(let scopes): "not forced open: \(scopes.words)"
        case .noGreeting(let scopes): "no forced greeting on \(scopes.words)"
        case .noOverride(let id): "no override \(id); it may have ended"
        case .noCaller: "no caller named; give a phone number"
        case .nothingOnCallers(let callers): "neither blocked nor allowed: \(callers.asCallers)"
        case .callersHaveNoHours: "callers have no hours; give a duration, an end, or use until reopened"
        case .tooManyCallers(let limit):
            "at most \(limit) callers can be blocked or allowed; remove some, or use a list in the rules file"
        case .nothingToUndo: "nothing to undo"
        case .noCall(let call): "no call with the id \(call.text) is in memory or in the journal"
        case .callElsewhere(let call, let replica):
            "the call \(call.text) is kept by replica \(replica); mark it and write notes on it there"
        case .journalUnreadable(let words):
            "the call is not in memory, and the journal cannot be read: \(words); nothing changed"
        case .alreadyMarked(let call): "call \(call.text) is marked already"
        case .notMarked(let call): "call \(call.text) is not marked"
        case .withoutNotes(let call): "call \(call.text) has no notes"
        case .withoutNoteOf(let name, let call): "call \(call.text) has no note of \(name)"
        case .tooManyNotes(let limit): "a call keeps at most \(limit) notes; remove them with --remove"
        case .notDurable(let words): "nothing changed: the new state could not be saved: \(words)"
        case .notShared(let words): "nothing changed: \(words)"
        }
    }
}
