// SPDX-License-Identifier: Apache-2.0

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
