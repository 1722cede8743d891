// SPDX-License-Identifier: Apache-2.0

import CTerminal
import Synchronization

/// Ends the wait of a terminal session from any thread.
///
/// Between two waits it costs one system call, however often it is signalled, so that a busy producer is not slowed.
package struct Wake: Sendable {
    private let state = State()

    package init() {}

    /// Makes the session's wait report `woken`, now or when it next waits.
    package func signal() {
        let wasPending = state.isPending.exchange(true, ordering: .acquiringAndReleasing)
        if !wasPending { sb_wake(state.descriptor) }
    }

    /// What the session polls; -1 when the system had none left.
    var descriptor: Int32 { state.descriptor }

    /// Called once the descriptor was read and before anyone is told: what is published later wakes again.
    func drain() {
        _ = state.isPending.exchange(false, ordering: .acquiringAndReleasing)
    }

    private final class State: Sendable {
        let isPending = Atomic(false)
        let descriptor = sb_make_wake()

        deinit {
            sb_close_wake(descriptor)
        }
    }
}
