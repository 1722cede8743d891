// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// What the dashboard said since it was opened and which requests were turned away, the newest first, with every line that
/// belongs to it.
enum MessagesPage {
    /// The columns of the time.
    private static let indent = 10

    static func lines(_ state: DashboardState) -> [StyledLine] {
        let said = state.messages + refused(state.log.refusals)
        guard !said.isEmpty else { return [StyledLine("Nothing was said yet.", .muted)] }
        let newestFirst = said.enumerated().sorted { ($0.element.at, $0.offset) > ($1.element.at, $1.offset) }
        return newestFirst.flatMap { lines(of: $0.element, state) }
    }

    /// Why requests were turned away; a row of them that are alike is told once.
    private static func refused(_ requests: [RefusedRequest]) -> [DashboardState.SaidMessage] {
        var said: [DashboardState.SaidMessage] = []
        var index = requests.startIndex
        while index < requests.endIndex {
            let first = requests[index]
            let end = requests[index...].firstIndex { !first.isLike($0) } ?? requests.endIndex
            let count = end - index
            // The oldest that are kept may be the rest of more.
            let more = index == requests.startIndex && requests.count == RefusedRequest.mostKept ? " or more" : ""
            let times = count > 1 ? "\(Words.number(count))\(more) requests" : "a request"
            said.append(
                .init(
                    at: requests[end - 1].at,
                    tidings: OperatorMessage(
                        "\(times) of \(first.peer) refused: \(requests[end - 1].refusal)", isAlert: true)))
            index = end
        }
        return said
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

extension RefusedRequest {
    /// Whether the same client was turned away for the same reason.
    fileprivate func isLike(_ other: RefusedRequest) -> Bool {
        peer == other.peer && refusal.code == other.refusal.code
    }
}
