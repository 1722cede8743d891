// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

/// A message for the operator, such as the result of a reload.
package struct OperatorMessage: Hashable, Sendable {
    /// One line for the status bar.
    package let title: String
    /// More lines, for the page of messages.
    package let details: [String]
    /// Whether something is wrong; it then stays until a key is pressed.
    package let isAlert: Bool

    package init(_ title: String, details: [String] = [], isAlert: Bool = false) {
        self.title = title
        self.details = details
        self.isAlert = isAlert
    }
}

/// A message in the status bar, until the clock or the next key removes it.
struct StatusMessage: Hashable, Sendable {
    let text: String
    /// Where the rest of it is; empty where this is all.
    var more = ""
    let isAlert: Bool
    /// When it disappears; an alert stays until a key is pressed.
    let until: Instant?

    /// How long a message stays, in seconds.
    static let seconds: Int64 = 6
}

/// The messages of this session, oldest first; bounded.
struct MessageLog: Sendable {
    struct Entry: Hashable, Sendable {
        let at: Instant
        let message: OperatorMessage
    }

    private(set) var entries: [Entry] = []

    private static let mostMessages = 200
    /// How many lines of one message are kept.
    private static let mostDetails = 200

    mutating func keep(_ message: OperatorMessage, at now: Instant) {
        if entries.count == Self.mostMessages { entries.removeFirst() }
        let details = Array(message.details.prefix(Self.mostDetails))
        entries.append(
            Entry(at: now, message: OperatorMessage(message.title, details: details, isAlert: message.isAlert)))
    }
}

extension DashboardState {
    /// Shows a text in the status bar, and keeps it.
    mutating func say(_ text: String, isAlert: Bool = false) {
        show(OperatorMessage(text, isAlert: isAlert))
    }

    /// Shows a text in the status bar that is not worth keeping.
    mutating func remark(_ text: String) {
        statusMessage = StatusMessage(
            text: text, isAlert: false, until: now.advanced(bySeconds: StatusMessage.seconds))
    }

    /// Shows a message in the status bar, and keeps it with all its lines.
    mutating func show(_ message: OperatorMessage) {
        let until = message.isAlert ? nil : now.advanced(bySeconds: StatusMessage.seconds)
        let more =
            message.details.isEmpty
            ? "" : " \(glyphs.dot) \(keymap.text(of: .program(.messages)).prefix { $0 != " " }) shows more"
        statusMessage = StatusMessage(text: message.title, more: more, isAlert: message.isAlert, until: until)
        messages.keep(message, at: now)
    }
}
