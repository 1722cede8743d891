// SPDX-License-Identifier: Apache-2.0

import Overrides
import Screen

/// What was done at the desk, and notes for those who take over.
enum AuditKey: CaseIterable, Sendable {
    case show, note

    var binding: Binding {
        switch self {
        case .show:
            Binding(
                [.character("a")], "a", "audit",
                "audit: who closed, opened, greeted, undid, noted or reloaded, and when",
                in: .audit, contexts: InputContext.screens, bar: 8, word: "audit")
        case .note:
            Binding(
                [], ":note", "note", "note TEXT: write a note for whoever takes over; everyone sees it", in: .audit,
                contexts: InputContext.screens, word: "note")
        }
    }
}

extension DashboardState {
    mutating func runAudit(_ key: AuditKey) -> [DashboardEffect] {
        switch key {
        case .show: toggle(.audit)
        case .note: return writeNote("")
        }
        return []
    }

    /// The text of a note, if that is what is typed on the command line: the command, or a beginning that only it has.
    func noteText(in typed: String) -> String? { argument(of: .audit(.note), in: typed) }

    /// What is typed after a command, if it is that command, or a beginning that only it has.
    func argument(of command: Command, in typed: String) -> String? {
        let word = typed.prefix { !$0.isWhitespace }
        guard !word.isEmpty, commandWords.filter({ $0.hasPrefix(word) }) == [command.binding.word] else {
            return nil
        }
        return TextField(String(typed.dropFirst(word.count))).trimmed
    }

    /// Sends a note; the server checks it as it does one of the command `note`.
    mutating func writeNote(_ text: String) -> [DashboardEffect] {
        guard let obstacle else { return send(.note(text)) }
        say(obstacle, isAlert: true)
        return []
    }
}
