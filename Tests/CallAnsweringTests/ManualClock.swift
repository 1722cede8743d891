// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import Synchronization

/// A clock that advances only when a test moves it.
final class ManualClock: Sendable {
    private let state: Mutex<(now: Instant, ticks: UInt64)>

    init(_ now: Instant) {
        state = Mutex((now, 0))
    }

    func advance(milliseconds: Int64) {
        state.withLock { state in
            state.now = Instant(microseconds: state.now.microseconds + milliseconds * 1000)
            // The wall clock may be set back, the other one never is.
            state.ticks += UInt64(max(0, milliseconds)) * 1_000_000
        }
    }

    var wallClock: WallClock {
        WallClock(now: { self.state.withLock { $0.now } }, ticks: { self.state.withLock { $0.ticks } })
    }
}
