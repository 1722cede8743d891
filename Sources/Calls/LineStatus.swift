// SPDX-License-Identifier: Apache-2.0

/// How a line stands: what the next caller gets, who says so, and until when.
package struct LineStatus: Hashable, Sendable {
    package let number: PhoneNumber
    package let name: String
    package let isOpen: Bool
    package let by: Decider
    /// When this changes by itself; `nil` when nothing will change it within a year.
    package let until: Instant?
    /// Seconds by which the line's clock is ahead of UTC at `until`, so that it can be shown as the line reads it.
    package let untilOffset: Int

    package init(number: PhoneNumber, name: String, isOpen: Bool, by: Decider, until: Instant?, untilOffset: Int) {
        self.number = number
        self.name = name
        self.isOpen = isOpen
        self.by = by
        self.until = until
        self.untilOffset = untilOffset
    }
}
