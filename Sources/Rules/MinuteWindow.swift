// SPDX-License-Identifier: Apache-2.0

/// A stretch of a day in minutes since midnight; one that ends at or before its start runs into the next day.
package struct MinuteWindow: Hashable, Sendable {
    /// 0 to 1439.
    package let start: Int
    /// 1 to 2880: more than 1440 lies in the next day.
    package let end: Int

    /// Creates a window from two readings of the clock, `24:00` allowed as an end; equal readings are a whole day.
    package init(start: Int, end: Int) {
        precondition((0..<1440).contains(start) && (0...1440).contains(end), "a window lies within a day")
        self.start = start
        self.end = end > start ? end : end + 1440
    }

    /// Whether the window reaches beyond midnight.
    package var crossesMidnight: Bool { end > 1440 }
}
