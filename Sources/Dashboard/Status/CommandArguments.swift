// SPDX-License-Identifier: Apache-2.0

import Screen

/// The commands that were typed, oldest first; bounded.
struct CommandHistory: Sendable {
    private(set) var commands: [String] = []

    private static let most = 100

    mutating func add(_ command: String) {
        commands.removeAll { $0 == command }
        commands.append(command)
        if commands.count > Self.most { commands.removeFirst() }
    }
}

extension CommandLine {
    /// Goes to an earlier command, or to a later one for a negative step; after the last comes what was being typed.
    mutating func recall(by step: Int, in history: CommandHistory) {
        let place = recalled + step
        guard (0...history.commands.count).contains(place) else { return }
        if recalled == 0 { draft = field.text }
        recalled = place
        field = TextField(place == 0 ? draft : history.commands[history.commands.count - place])
    }
}

extension DashboardState {
    /// The values that can be typed after a command; `nil` where none or any text follows.
    func choices(of command: Command) -> [String]? {
        switch command {
        case .themes(.choose): themeOffers.map { CleanText.clean($0.name) }
        case .settings(.mouse): ["off", "on"]
        case .settings(.alarm): AlarmKind.allCases.map(\.rawValue)
        case .copy(.choose): Copyable.allCases.map(\.rawValue)
        default: nil
        }
    }

    /// The command that is typed with one of its values, and the rest of what is typed.
    private func commandWithChoice(in typed: String) -> (command: Command, choices: [String], value: String)? {
        guard typed.contains(where: \.isWhitespace) else { return nil }
        let word = typed.prefix { !$0.isWhitespace }
        let meant = commandWords.contains(String(word)) ? [String(word)] : commandWords.filter { $0.hasPrefix(word) }
        guard meant.count == 1, let command = Keymap.named.first(where: { $0.word == meant[0] })?.command,
            let choices = choices(of: command)
        else { return nil }
        return (command, choices, TextField(String(typed.dropFirst(word.count))).trimmed)
    }

    /// What a typed command can be completed to.
    func commandCandidates(for typed: String) -> [String] {
        guard let (command, choices, _) = commandWithChoice(in: typed), let word = command.binding.word else {
            return commandWords
        }
        return choices.map { "\(word) \($0)" }
    }

    /// Runs a command that is typed with one of its values; `nil` if it is none.
    mutating func runWithChoice(_ typed: String) -> [DashboardEffect]? {
        guard let (command, choices, value) = commandWithChoice(in: typed), !value.isEmpty else { return nil }
        let completions = choices.filter { $0.hasPrefix(value) }
        guard let choice = choices.contains(value) ? value : completions.count == 1 ? completions[0] : nil else {
            let known = (completions.isEmpty ? choices : completions).joined(separator: ", ")
            say("\"\(value)\" is not known; :\(command.binding.word ?? "") takes \(known)", isAlert: true)
            return []
        }
        switch command {
        case .themes: return takeTheme(named: choice)
        case .settings(let key): set(key, to: choice)
        case .copy: return Copyable(rawValue: choice).map { copy($0) } ?? []
        default: return run(command)
        }
        return []
    }
}
