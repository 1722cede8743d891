// SPDX-License-Identifier: Apache-2.0

import Screen

/// The keys of a command, and the words for them.
struct Binding: Sendable {
    let keys: [Key]
    /// The keys as the help writes them.
    let keyWords: String
    /// One or two words, for the key bar.
    let name: String
    /// A sentence without its full stop, for the help.
    let help: String
    let group: CommandGroup
    let places: Set<InputContext>
    /// The order in which the key bar gives up names where the screen is narrow; `nil` when it never shows this one.
    let barRank: Int?

    init(
        _ keys: [Key], _ keyWords: String, _ name: String, _ help: String, in group: CommandGroup,
        places: Set<InputContext>, bar barRank: Int? = nil
    ) {
        self.keys = keys
        self.keyWords = keyWords
        self.name = name
        self.help = help
        self.group = group
        self.places = places
        self.barRank = barRank
    }
}

/// Where a key is pressed; the same key may mean another thing in another place.
enum InputContext: CaseIterable, Hashable, Sendable {
    case list, lines, detail, page
}

/// The chapters of the help.
enum CommandGroup: String, CaseIterable, Sendable {
    case switches = "Switches"
    case calls = "Calls"
    case lines = "Lines"
    case search = "Search"
    case program = "Program"
    case detail = "One call"
}

extension Command {
    /// The word by which the command line knows the command; `nil` for what only makes sense as a key.
    var word: String? {
        switch self {
        case .operate(.close): "close"
        case .operate(.open): "open"
        case .operate(.greet): "greet"
        case .operate(.undo): "undo"
        case .list(.lines): "lines"
        case .lines(.calls): "calls"
        case .list(.follow): "follow"
        case .list(.freeze): "freeze"
        case .search(.begin): "search"
        case .program(.export): "export"
        case .program(.help): "help"
        case .program(.messages): "messages"
        case .program(.reload): "reload"
        case .program(.redraw): "redraw"
        case .program(.quit): "quit"
        case .list, .lines, .search, .detail, .scroll, .program: nil
        }
    }

    /// The commands that the command line knows.
    static let named: [(word: String, command: Command)] = allCases.compactMap { command in
        command.word.map { ($0, command) }
    }
}

/// Finds the command of a key, where it is pressed.
enum Keymap {
    private static let commands: [InputContext: [Key: Command]] = {
        var commands: [InputContext: [Key: Command]] = [:]
        for command in Command.allCases {
            for place in command.binding.places {
                for key in command.binding.keys { commands[place, default: [:]][key] = command }
            }
        }
        return commands
    }()

    static func command(for key: Key, in place: InputContext) -> Command? {
        commands[place]?[key]
    }
}
