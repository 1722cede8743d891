// SPDX-License-Identifier: Apache-2.0

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
