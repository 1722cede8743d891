// SPDX-License-Identifier: Apache-2.0

import Screen

extension DashboardState {
    /// Why a command cannot be used as it is typed, in a few words; `nil` where no command is meant.
    func obstacle(toTyped typed: String) -> String? {
        let word = String(typed.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
        let meant = Keymap.named.filter { $0.word == word }
        let named = meant.isEmpty && !word.isEmpty ? Keymap.named.filter { $0.word.hasPrefix(word) } : meant
        guard named.count == 1, let command = named.first?.command else { return nil }
        let value = TextField(String(TextField(typed).trimmed.dropFirst(word.count))).trimmed
        if let choices = choices(of: command), !value.isEmpty {
            return "\"\(value)\" is not known; takes \(choices.joined(separator: ", "))"
        }
        if let reason = obstacle(to: command) { return reason }
        return isOffered(command) ? "takes nothing after it" : "does nothing here"
    }

    /// Why a command does nothing here, where it has a reason of its own.
    func obstacle(to command: Command) -> String? {
        switch command {
        case .filtering(.save) where filter.inForce == nil:
            "no filter to save" + (hint(.filtering(.edit)).map { "; \($0) sets one" } ?? "")
        case .record where record == nil: "only on a record (switchboard view)"
        case .overrides, .caller, .audit(.note), .program(.reload), .remarks:
            isReadOnly && record == nil ? "this dashboard is read-only" : nil
        case .explain, .dialog, .list, .lines, .search, .filtering, .columns, .detail, .scroll, .audit, .record,
            .statistics, .replicas, .wall, .copy, .themes, .settings, .program:
            nil
        }
    }
}
