// SPDX-License-Identifier: Apache-2.0

/// Everything that a key can do; keys, help and key bar come from these tables.
enum Command: Hashable, Sendable {
    case operate(OverrideKeyCommand)
    case list(ListCommand)
    case lines(LineCommand)
    case search(SearchCommand)
    case detail(DetailCommand)
    case scroll(ScrollCommand)
    case program(ProgramCommand)

    var binding: Binding {
        switch self {
        case .operate(let command): command.binding
        case .list(let command): command.binding
        case .lines(let command): command.binding
        case .search(let command): command.binding
        case .detail(let command): command.binding
        case .scroll(let command): command.binding
        case .program(let command): command.binding
        }
    }
}

extension Command: CaseIterable {
    static let allCases: [Command] =
        OverrideKeyCommand.allCases.map(Command.operate) + ListCommand.allCases.map(Command.list)
        + LineCommand.allCases.map(Command.lines) + SearchCommand.allCases.map(Command.search)
        + DetailCommand.allCases.map(Command.detail)
        + ScrollCommand.allCases.map(Command.scroll) + ProgramCommand.allCases.map(Command.program)
}
