// SPDX-License-Identifier: Apache-2.0

package import Calls
import Glibc

/// What time it is, and how long something took; tests bring their own.
package struct WallClock: Sendable {
    /// The time of day.
    package let now: @Sendable () -> Instant
    /// Nanoseconds since some fixed moment; never set back.
    package let ticks: @Sendable () -> UInt64

    package init(now: @escaping @Sendable () -> Instant, ticks: @escaping @Sendable () -> UInt64) {
        self.now = now
        self.ticks = ticks
    }

    /// The clocks of the operating system.
    package static let system = WallClock(
        now: {
            let time = reading(CLOCK_REALTIME)
            return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
        },
        ticks: {
            let time = reading(CLOCK_MONOTONIC)
            return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        })

    private static func reading(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
