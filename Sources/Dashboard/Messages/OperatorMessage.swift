// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// Something that the operator is told, such as the result of a reload.
package struct OperatorMessage: Hashable, Sendable {
    /// One line for the status bar.
    package let words: String
    /// What belongs to it, a line each, for the page of messages.
    package let details: [String]
    /// Whether something is wrong; it then stays until a key is pressed.
    package let isAlert: Bool

    package init(_ words: String, details: [String] = [], isAlert: Bool = false) {
        self.words = words
        self.details = details
        self.isAlert = isAlert
    }
}

/// Words in the status bar, until the clock or the next key takes them away.
struct StatusMessage: Hashable, Sendable {
    let words: String
    let isAlert: Bool
    /// When the words go by themselves; an alert stays until a key is pressed.
    let until: Instant?

    /// How long a notice stays, in seconds.
    static let seconds: Int64 = 6
}

extension DashboardState {
    /// Something that was said, and when.
    struct SaidMessage: Hashable, Sendable {
        let at: Instant
        let tidings: OperatorMessage
    }

    /// How many messages are kept.
    private static let mostMessages = 200
    /// How many lines of one message are kept.
    private static let mostDetails = 200

    /// Shows words in the status bar, and keeps them.
    mutating func say(_ words: String, isAlert: Bool = false) {
        tell(OperatorMessage(words, isAlert: isAlert))
    }

    /// Shows tidings in the status bar, and keeps them with all their lines.
    mutating func tell(_ tidings: OperatorMessage) {
        let until = tidings.isAlert ? nil : now.advanced(bySeconds: StatusMessage.seconds)
        let more = tidings.details.isEmpty ? "" : " \(glyphs.dot) ! shows more"
        notice = StatusMessage(words: tidings.words + more, isAlert: tidings.isAlert, until: until)
        keep(tidings)
    }

    /// Puts tidings on the page of messages.
    mutating func keep(_ tidings: OperatorMessage) {
        if messages.count == Self.mostMessages { messages.removeFirst() }
        let kept = OperatorMessage(
            tidings.words, details: Array(tidings.details.prefix(Self.mostDetails)), isAlert: tidings.isAlert)
        messages.append(SaidMessage(at: now, tidings: kept))
    }
}
