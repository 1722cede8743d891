// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock on which every sleep is over at once, and which remembers what was slept.
final class InstantClock: Clock, Sendable {
    typealias Instant = ContinuousClock.Instant

    private let start = ContinuousClock.now
    private let slept = Mutex((sleeps: [Duration](), total: Duration.zero))

    var sleeps: [Duration] { slept.withLock { $0.sleeps } }
    var now: Instant { start + slept.withLock { $0.total } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let pause = deadline - now
        slept.withLock { slept in
            slept.sleeps.append(pause)
            slept.total += pause
        }
        await Task.yield()
    }
}
