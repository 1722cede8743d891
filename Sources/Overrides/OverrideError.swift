// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Why the desk did not do what was asked; nothing has changed then.
package enum OverrideError: Error, Hashable, Sendable {
    case noScope
    case unknownGroup(String, known: [String])
    /// The number is in no line of the rules file.
    case unknownLine(PhoneNumber)
    case emptyText
    case textTooLong(limit: Int)
    case reasonTooLong(limit: Int)
    /// None of the lines has hours that change, so `until the next change` would never end.
    case noChangeAhead
    case timeIsPast
    case tooLong(days: Int)
    /// Nothing that an operator closed is there to be opened.
    case nothingClosed([Scope])
    /// A wider override keeps the lines closed, so that opening a narrower scope would do nothing.
    case closedWider(by: Scope)
    /// Nothing is forced open there.
    case nothingForced([Scope])
    case noGreeting([Scope])
    case noOverride(id: Int)
    case nothingToUndo
    /// The desk could not write its state, so nothing is in force that a restart would forget.
    case notDurable(String)

    /// The reason as one word, for scripts.
    package var code: String {
        switch self {
        case .noScope: "no_scope"
        case .unknownGroup: "unknown_group"
        case .unknownLine: "unknown_line"
        case .emptyText: "empty_text"
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
        case .nothingToUndo: "nothing_to_undo"
        case .notDurable: "not_durable"
        }
    }
}

extension OverrideError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noScope: "say which lines: all, a group or a line"
        case .unknownGroup(let name, let known):
            known.isEmpty
                ? "no line of the rules file is in a group, so there is none named \(name)"
                : "no group is named \(name); there are \(known.joined(separator: ", "))"
        case .unknownLine(let number): "\(number) is no line of the rules file"
        case .emptyText: "callers must hear something: the text is empty"
        case .textTooLong(let limit): "the text is longer than \(limit) characters"
        case .reasonTooLong(let limit): "the reason is longer than \(limit) characters"
        case .noChangeAhead:
            "these lines have no hours that change, so it would never end: say until when, or until reopened"
        case .timeIsPast: "that time is over already"
        case .tooLong(let days): "an override with an end lasts \(days) days at most; longer is until reopened"
        case .nothingClosed(let scopes):
            "nothing that an operator closed is in \(scopes.words): forcing open skips the hours too"
        case .closedWider(let scope): "the override of \(scope) keeps these lines closed: open \(scope) first"
        case .nothingForced(let scopes): "\(scopes.words) is not forced open"
        case .noGreeting(let scopes): "no greeting is forced on \(scopes.words)"
        case .noOverride(let id): "no override has the number \(id); it may have ended"
        case .nothingToUndo: "there is nothing to take back"
        case .notDurable(let words): "nothing was changed, since it could not be kept: \(words)"
        }
    }
}
