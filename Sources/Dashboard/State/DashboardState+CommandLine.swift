// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

extension DashboardState {
    /// The words that the command line knows here.
    var commandWords: [String] { Command.named.filter { isOffered($0.command) }.map(\.word) }

    /// A key while a command is being typed.
    mutating func pressInCommandLine(_ key: Key) -> [DashboardEffect] {
        switch key {
        case .enter: return runTypedCommand()
        case .escape: commandLine = nil
        case .backspace where commandLine?.field.text.isEmpty ?? true: commandLine = nil
        case .tab:
            let words = commandWords
            commandLine?.complete(among: words)
        case .character, .control, .backspace, .delete, .left, .right, .home, .end, .backTab, .up, .down, .pageUp,
            .pageDown, .function:
            _ = commandLine?.field.take(key)
        }
        return []
    }

    private mutating func runTypedCommand() -> [DashboardEffect] {
        guard let typed = commandLine?.field.trimmed else { return [] }
        commandLine = nil
        guard !typed.isEmpty else { return [] }
        let completions = commandWords.filter { $0.hasPrefix(typed) }
        let word = commandWords.contains(typed) ? typed : completions.count == 1 ? completions[0] : nil
        guard let word, let command = Command.named.first(where: { $0.word == word })?.command else {
            let known = (completions.isEmpty ? commandWords : completions).sorted().joined(separator: ", ")
            say("there is no command \"\(typed)\": \(known)", isAlert: true)
            return []
        }
        if command.binding.places == [.list] {
            page = nil
            detail = nil
            showsLines = false
        }
        if command == .lines(.calls) { page = nil }
        return run(command)
    }

    /// Whether the command would do something now.
    func isOffered(_ command: Command) -> Bool {
        switch command {
        case .operate(.undo): !isReadOnly && desk?.undo != nil
        case .operate, .program(.reload): !isReadOnly
        case .list(.follow): !list.isFollowing
        case .lines(.calls): place != .detail
        case .list, .lines, .search, .detail, .scroll, .program: true
        }
    }
}
