// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock on which every sleep is over at once, and which remembers what was slept.
final class InstantClock: Clock, Sendable {
    typealias Instant = ContinuousClock.Instant

    private let start = ContinuousClock.now
    private let slept = Mutex<[Duration]>([])

    var sleeps: [Duration] { slept.withLock { $0 } }
    var now: Instant { start + sleeps.reduce(.zero, +) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let pause = deadline - now
        slept.withLock { $0.append(pause) }
        await Task.yield()
    }
}
