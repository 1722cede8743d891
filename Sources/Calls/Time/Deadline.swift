// SPDX-License-Identifier: Apache-2.0

/// How much time an answer has left, by a clock that is never set back.
package struct Deadline: Sendable {
    private let end: UInt64
    private let ticks: @Sendable () -> UInt64

    /// Creates a budget that ends at a tick; `ticks` are nanoseconds since some fixed moment.
    package init(until end: UInt64, ticks: @escaping @Sendable () -> UInt64) {
        self.end = end
        self.ticks = ticks
    }

    package var now: UInt64 { ticks() }

    /// What is left; zero when it is used up.
    package var left: Duration {
        let now = ticks()
        return now < end ? .nanoseconds(Int64(clamping: end - now)) : .zero
    }
}

extension Duration {
    /// The time in whole nanoseconds; nothing for a time below zero, and at most some three hundred years.
    package var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(clamping: min(seconds, 9_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
