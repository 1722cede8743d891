// SPDX-License-Identifier: Apache-2.0

import CTerminal
import Synchronization

/// Ends the wait of a terminal session, from any thread.
///
/// However often it is signalled between two waits, it costs one system call, so that a busy producer is not slowed.
package struct Wake: Sendable {
    private let state = State()

    package init() {}

    /// Makes the session's wait return `woken`, now or the next time.
    package func signal() {
        let wasPending = state.isPending.exchange(true, ordering: .acquiringAndReleasing)
        if !wasPending { sb_wake(state.descriptor) }
    }

    /// What the session polls; -1 when the system had none left.
    var descriptor: Int32 { state.descriptor }

    /// Called after the descriptor was read and before `woken` is returned, so that later changes wake again.
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
