// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// A note on a call while it is being typed.
struct NotePrompt: Hashable, Sendable {
    let call: CallID
    var field = TextField()
}

extension DashboardState {
    /// A key while the note is being typed.
    mutating func pressInNote(_ key: Key) -> [DashboardEffect] {
        switch key {
        case .enter: return writeNoteOnCall()
        case .escape: notePrompt = nil
        case .backspace where notePrompt?.field.text.isEmpty ?? true: notePrompt = nil
        case .character, .control, .backspace, .delete, .left, .right, .home, .end, .tab, .backTab, .up, .down,
            .pageUp, .pageDown, .function:
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
        notePrompt = nil
        let text = prompt.field.trimmed
        return text.isEmpty ? [] : send(.remark(.note(text), on: prompt.call))
    }

    /// What Enter does with the note.
    var notePromptFacts: String {
        let name = operatorHere.map { " as \($0.user)" } ?? ""
        return "note on this call\(name) (Enter: write it)"
    }
}
