// SPDX-License-Identifier: Apache-2.0

import Screen

/// The keys of a command, and the words for them.
struct Binding: Sendable {
    let keys: [Key]
    /// The keys as help and README write them, separated by blanks.
    let keyText: String
    /// One or two words, for the key bar.
    let name: String
    /// A sentence without its full stop, for the help.
    let help: String
    let group: CommandGroup
    let contexts: Set<InputContext>
    /// The order in which the key bar drops names on a narrow screen; `nil` for what it never shows.
    let barRank: Int?
    /// The word for it on the command line; `nil` for what only makes sense as a key.
    let word: String?

    init(
        _ keys: [Key], _ keyText: String, _ name: String, _ help: String, in group: CommandGroup,
        contexts: Set<InputContext>, bar barRank: Int? = nil, word: String? = nil
    ) {
        self.keys = keys
        self.keyText = keyText
        self.name = name
        self.help = help
        self.group = group
        self.contexts = contexts
        self.barRank = barRank
        self.word = word
    }
}

/// What keys apply to; the same key may do something else in another context.
enum InputContext: CaseIterable, Hashable, Sendable {
    case list, columns, lines, detail, page, dialog

    /// Everything but dialogs.
    static let screens: Set<InputContext> = [.list, .lines, .detail, .page]
}

/// The chapters of the help.
enum CommandGroup: String, CaseIterable, Sendable {
    case overrides = "Overrides"
    case dialog = "In a dialog"
    case calls = "Calls"
    case trying = "Trying out"
    case lines = "Phone lines"
    case search = "Search"
    case audit = "Audit"
    case statistics = "Statistics and wall"
    case record = "A record"
    case program = "Program"
    case detail = "One call"
    case columns = "Columns"
}

/// Which key runs which command, and where; a value, because operators bind keys of their own.
package struct Keymap: Hashable, Sendable {
    private var commands: [InputContext: [Key: Command]] = [:]
    /// The keys of the commands that have others than in the table.
    private var changed: [Command: [Key]] = [:]

    /// The keys of the table.
    package static let standard = Keymap(changed: [:])

    init(changed: [Command: [Key]]) {
        self.changed = changed
        for command in Command.allCases {
            for context in command.binding.contexts {
                for key in keys(of: command) { commands[context, default: [:]][key] = command }
            }
        }
    }

    func command(for key: Key, in context: InputContext) -> Command? {
        commands[context]?[key]
    }

    func keys(of command: Command) -> [Key] { changed[command] ?? command.binding.keys }

    /// The keys of a command as the screen writes them, separated by blanks; without a key, how else it is reached.
    func text(of command: Command) -> String {
        guard let keys = changed[command] else { return command.binding.keyText }
        guard keys.isEmpty else { return keys.map(\.words).joined(separator: " ") }
        return command.binding.word.map { ":\($0)" } ?? "(no key)"
    }

    /// The key of a command as the screen writes it, where that key has this command; `nil` elsewhere.
    func hint(_ command: Command, in context: InputContext) -> String? {
        guard command.binding.contexts.contains(context) else { return nil }
        return text(of: command).split(separator: " ").first.map(String.init)
    }

    /// The commands that the command line knows.
    static let named: [(word: String, command: Command)] = Command.allCases.compactMap { command in
        command.binding.word.map { ($0, command) }
    }

    /// Every key that is documented, as help and README write it, by chapter.
    package static let documentation: [(group: String, keys: String)] = Command.allCases.map { command in
        (command.binding.group.rawValue, command.binding.keyText)
    }
}

extension DashboardState {
    /// The key of a command where it works now; a hint never names a key that does something else here.
    func hint(_ command: Command) -> String? {
        isOffered(command) ? keymap.hint(command, in: context) : nil
    }
}
