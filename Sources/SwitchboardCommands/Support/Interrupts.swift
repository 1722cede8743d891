// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Synchronization

/// Whether ^C at a server's terminal stops it: the second within two seconds does, the first says what stopping means.
final class InterruptQuestion: Sendable {
    private let asked = Mutex<ContinuousClock.Instant?>(nil)

    /// Notes a ^C; returns whether it is the answer to the question of an earlier one.
    func isConfirmed(at now: ContinuousClock.Instant) -> Bool {
        asked.withLock { asked in
            defer { asked = now }
            return asked.map { now - $0 <= .seconds(StopWarning.seconds) } ?? false
        }
    }
}
