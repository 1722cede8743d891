// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// What the dashboard said since it was opened, the newest first, with every line that belongs to it.
enum MessagesPage {
    /// The columns of the time.
    private static let indent = 10

    static func lines(_ state: DashboardState) -> [StyledLine] {
        guard !state.messages.isEmpty else { return [StyledLine("Nothing was said yet.", .muted)] }
        return state.messages.reversed().flatMap { lines(of: $0, state) }
    }

    private static func lines(of message: DashboardState.SaidMessage, _ state: DashboardState) -> [StyledLine] {
        let width = max(8, state.size.columns - 2 - indent)
        let role: Role = message.tidings.isAlert ? .failed : .text
        let words = TextWrap.lines(message.tidings.words, width: width)
        // Lines of a file keep their blanks, so that a caret stands below what it means.
        let details = message.tidings.details.flatMap { detail in
            detail.hasPrefix(" ")
                ? TextWrap.broken(CleanText.clean(detail), width: width, most: 2) : TextWrap.lines(detail, width: width)
        }
        var lines = words.map { StyledLine(String(repeating: " ", count: indent) + $0, role) }
        if lines.isEmpty { lines = [StyledLine(String(repeating: " ", count: indent), role)] }
        lines[0].replaceIndent(with: Span(state.clock.local(message.at).clock, .muted))
        return lines + details.map { StyledLine(String(repeating: " ", count: indent) + $0, .muted) }
    }
}
