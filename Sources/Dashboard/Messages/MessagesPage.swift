// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// The messages of this session and the refused requests, newest first, with all their lines.
enum MessagesPage {
    /// The columns of the time.
    private static let indent = 10

    static func lines(_ state: DashboardState) -> [StyledLine] {
        let messages = state.messages.entries + refused(state.log.refusals)
        guard !messages.isEmpty else { return [StyledLine("No messages yet.", .muted)] }
        let newestFirst = messages.enumerated().sorted { ($0.element.at, $0.offset) > ($1.element.at, $1.offset) }
        return newestFirst.flatMap { lines(of: $0.element, state) }
    }

    /// Why requests were refused; consecutive ones that are alike make one message.
    private static func refused(_ requests: [RefusedRequest]) -> [MessageLog.Entry] {
        var messages: [MessageLog.Entry] = []
        var index = requests.startIndex
        while index < requests.endIndex {
            let first = requests[index]
            let end = requests[index...].firstIndex { !first.isLike($0) } ?? requests.endIndex
            let count = end - index
            // The oldest in memory may be the rest of more.
            let more = index == requests.startIndex && requests.count == RefusedRequest.mostKept ? " or more" : ""
            let times = count > 1 ? "\(Text.number(count))\(more) requests" : "request"
            let message = OperatorMessage(
                "\(times) from \(first.peer) refused: \(requests[end - 1].refusal)", isAlert: true)
            messages.append(MessageLog.Entry(at: requests[end - 1].at, message: message))
            index = end
        }
        return messages
    }

    private static func lines(of entry: MessageLog.Entry, _ state: DashboardState) -> [StyledLine] {
        let width = max(8, state.size.columns - 2 - indent)
        let role: Role = entry.message.isAlert ? .failed : .text
        let text = TextWrap.lines(entry.message.title, width: width)
        // Excerpts of a file keep their blanks, so that a caret points at the right place.
        let details = entry.message.details.flatMap { detail in
            detail.hasPrefix(" ")
                ? TextWrap.broken(CleanText.clean(detail), width: width, most: 2) : TextWrap.lines(detail, width: width)
        }
        var lines = text.map { StyledLine(String(repeating: " ", count: indent) + $0, role) }
        if lines.isEmpty { lines = [StyledLine(String(repeating: " ", count: indent), role)] }
        lines[0].replaceIndent(with: Span(state.clock.local(entry.at).clock, .muted))
        return lines + details.map { StyledLine(String(repeating: " ", count: indent) + $0, .muted) }
    }
}

extension RefusedRequest {
    /// Whether the same client was refused for the same reason.
    fileprivate func isLike(_ other: RefusedRequest) -> Bool {
        peer == other.peer && refusal.code == other.refusal.code
    }
}
