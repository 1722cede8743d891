// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What carrying out a command needs from the rules file: its lines.
package struct LineDirectory: Sendable {
    package let lines: [Entry]
    /// When the hours of a line next open or close it; worked out only for commands that ask.
    let nextChange: @Sendable (PhoneNumber) -> Instant?

    /// A line and its group.
    package struct Entry: Hashable, Sendable, ScopedLine {
        package let number: PhoneNumber
        package let group: String?

        package init(number: PhoneNumber, group: String?) {
            self.number = number
            self.group = group
        }
    }

    package init(lines: [Entry], nextChange: @escaping @Sendable (PhoneNumber) -> Instant? = { _ in nil }) {
        self.lines = lines
        self.nextChange = nextChange
    }
}
