// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What a command did to phone lines, or would do.
package struct OverrideEffect: Hashable, Sendable {
    package let act: OverrideCommand.Act
    /// The lines that the command concerns, as they were.
    package let before: [LineStatus]
    /// The same lines as they are now.
    package let after: [LineStatus]
    /// All overrides in force now.
    package let overrides: [Override]
    /// How many callers are blocked or allowed now.
    package let callerCount: Int
    /// The rules that let callers of these lines in while they are closed.
    package let bypasses: [BypassRule]
    /// Nothing was changed: this is what would happen.
    package let isDryRun: Bool

    package init(
        act: OverrideCommand.Act, before: [LineStatus], after: [LineStatus], overrides: [Override],
        callerCount: Int = 0, bypasses: [BypassRule], isDryRun: Bool = false
    ) {
        self.act = act
        self.before = before
        self.after = after
        self.overrides = overrides
        self.callerCount = callerCount
        self.bypasses = bypasses
        self.isDryRun = isDryRun
    }
}

extension OverrideCommand {
    /// What an operator asks for, in one word; a format of the control API.
    package enum Act: String, CaseIterable, Hashable, Sendable {
        case begin
        case open
        case followHours = "follow hours"
        case clearGreeting = "clear greeting"
        case clearCaller = "clear caller"
        case end
        case undo
        case note
        case mark
        case unmark
        case rewriteNote = "rewrite note"
        case removeNote = "remove note"
        case removeNotes = "remove notes"
    }

    package var act: Act {
        switch self {
        case .begin, .beginOnCallers: .begin
        case .open: .open
        case .followHours: .followHours
        case .clearGreeting: .clearGreeting
        case .clearCallers: .clearCaller
        case .end: .end
        case .undo: .undo
        case .note, .remark(.note, on: _): .note
        case .remark(.mark, on: _): .mark
        case .remark(.unmark, on: _): .unmark
        case .remark(.rewriteNote(.some), on: _): .rewriteNote
        case .remark(.rewriteNote(nil), on: _): .removeNote
        case .remark(.removeNotes, on: _): .removeNotes
        }
    }

    /// The lines that it names; empty for an override by its number and for undoing.
    package var scopes: [Scope] {
        switch self {
        case .begin(_, let scopes, _, _), .open(let scopes), .followHours(let scopes), .clearGreeting(let scopes):
            scopes
        case .beginOnCallers, .clearCallers, .end, .undo, .note, .remark: []
        }
    }
}
