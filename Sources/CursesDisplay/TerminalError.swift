// SPDX-License-Identifier: Apache-2.0

/// Why the screen could not be taken; nothing was written to it.
package enum TerminalError: Error, Equatable, Sendable {
    case notATerminal
    case unknownTerminal(name: String)
    case cannotMoveTheCursor(name: String)
    case alreadyOpen
    case outOfResources
}

extension TerminalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notATerminal: "standard input and output are not a terminal"
        case .unknownTerminal(""): "TERM is not set; the system cannot tell what this terminal understands"
        case .unknownTerminal(let name): "the system knows no terminal named \"\(name)\"; see TERM"
        case .cannotMoveTheCursor(let name): "a terminal named \"\(name)\" cannot show a dashboard; see TERM"
        case .alreadyOpen: "the terminal is already in use by this program"
        case .outOfResources: "the system has no memory or files left for the terminal"
        }
    }
}
