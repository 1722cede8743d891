// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Notices whether a probe that this server sent arrived here: another server with the same secret would answer it too.
package final class ProbeArrivals: Sendable {
    private struct Expected {
        let id: String
        var hasArrived = false
    }

    private let expected = Mutex<Expected?>(nil)

    init() {}

    /// Waits for a probe from now on, and for no earlier one.
    package func expect(_ id: String) {
        expected.withLock { $0 = Expected(id: id) }
    }

    /// Whether the probe that was expected last has arrived.
    package var hasArrived: Bool { expected.withLock { $0?.hasArrived ?? false } }

    /// Notes a probe, whoever sent it.
    func note(_ id: String) {
        expected.withLock { if $0?.id == id { $0?.hasArrived = true } }
    }
}
