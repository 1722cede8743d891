// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// A note on a call while it is being typed.
struct NotePrompt: Hashable, Sendable {
    let call: CallID
    /// The operator's newest note on the call; `nil` where there is none.
    let own: String?
    var field = TextField()
    /// What is typed takes the place of the operator's own note.
    private(set) var isRewriting = false

    init(call: CallID, own: String?) {
        self.call = call
        self.own = own
    }

    /// Takes the operator's own note into the field.
    mutating func recall() {
        guard let own, !isRewriting else { return }
        isRewriting = true
        field = TextField(own)
    }

    /// Begins a new note after all.
    mutating func leaveOwn() {
        guard isRewriting else { return }
        isRewriting = false
        field = TextField()
    }

    /// What Enter asks for; `nil` for nothing.
    var change: RemarkChange? {
        let text = field.trimmed
        guard isRewriting else { return text.isEmpty ? nil : .note(text) }
        guard text != own else { return nil }
        return .rewriteNote(text.isEmpty ? nil : text)
    }
}

extension DashboardState {
    /// A key while the note is being typed.
    mutating func pressInNote(_ key: Key) -> [DashboardEffect] {
        switch key {
        case .enter: return writeNoteOnCall()
        case .escape: notePrompt = nil
        case .backspace where notePrompt?.field.text.isEmpty ?? true: notePrompt = nil
        case .up: notePrompt?.recall()
        case .down: notePrompt?.leaveOwn()
        case .character, .control, .backspace, .delete, .left, .right, .home, .end, .tab, .backTab, .pageUp, .pageDown,
            .function:
            _ = notePrompt?.field.take(key)
        }
        return []
    }

    /// Sends the note; the server checks it as it does one of the command `note`.
    private mutating func writeNoteOnCall() -> [DashboardEffect] {
        guard let prompt = notePrompt else { return [] }
        if let obstacle {
            say(obstacle, isAlert: true)
            return []
        }
        let length = prompt.field.trimmed.unicodeScalars.count
        guard length <= OverrideLimits.longestText else {
            say(
                "a note has at most \(Text.number(OverrideLimits.longestText)) characters, this one \(Text.number(length))",
                isAlert: true)
            return []
        }
        notePrompt = nil
        return prompt.change.map { send(.remark($0, on: prompt.call)) } ?? []
    }

    /// What the keys do with the note.
    var notePromptFacts: String {
        guard let prompt = notePrompt else { return "" }
        if prompt.isRewriting {
            switch prompt.change {
            case .rewriteNote(nil): return "Enter: remove your note"
            case .rewriteNote(.some): return "Enter: rewrite your note"
            case .mark, .unmark, .note, .removeNotes, nil: return "your note; ^U empties it, Enter then removes it"
            }
        }
        let name = operatorHere.map { " as \($0.user)" } ?? ""
        let way = prompt.own != nil && prompt.field.text.isEmpty ? ", Up: your last note" : ""
        return "note on this call\(name) (Enter: write it\(way))"
    }
}
