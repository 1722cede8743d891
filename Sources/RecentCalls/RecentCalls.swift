// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// When callers called and lines were called, for rules that look back: the newest calls of each, bounded in bytes.
///
/// Calls of this session come in one by one. Those from before are a ``CallHistory`` that is read elsewhere and put under
/// them as a whole.
package final class RecentCalls: Sendable {
    private let state: Mutex<State>
    private let mostBytes: Int

    /// About how many bytes everything may take, and half of that each what came in and what is from before.
    package static let mostBytes = 64 << 20

    private struct State: Sendable {
        var tables: CallTables
        /// The same from a later moment on, while what is from before that moment is read.
        var next: CallTables?
        var history: CallHistory?
    }

    /// Remembers calls from `since` on; above `mostBytes`, those are forgotten first of whom nothing was heard for longest.
    package init(since: Instant = Instant(microseconds: 0), mostBytes: Int = RecentCalls.mostBytes) {
        self.mostBytes = mostBytes
        state = Mutex(State(tables: CallTables(mostBytes: mostBytes / 2, since: since)))
    }

    /// Returns the earlier calls of a caller and of a line, newest first.
    package func earlier(caller: PhoneNumber?, called: PhoneNumber?, _ memory: CallMemory) -> EarlierCalls {
        state.withSpinThenLock { state in
            let newer = state.tables.earlier(caller, called, memory)
            return state.history?.adding(to: newer, caller, called, memory) ?? newer
        }
    }

    /// Remembers a call, once it is answered; returns what had to be forgotten, to be freed where nothing waits.
    ///
    /// `isLate` says that newer ones may be known already, as of a call that another replica answered.
    package func note(_ call: NotedCall, _ memory: CallMemory, isLate: Bool = false) -> ForgottenCalls? {
        state.withSpinThenLock { state in
            // What leaves the second one leaves the first one too, and is small.
            _ = state.next?.note(call, memory, isLate: isLate)
            return state.tables.note(call, memory, isLate: isLate)
        }
    }

    /// Forgets when a number called, and was called.
    package func forget(_ number: PhoneNumber) {
        state.withLock { state in
            state.tables.forget(number)
            state.next?.forget(number)
            state.history?.forget(number)
        }
    }

    /// Begins to remember apart what comes from now on, while what came before is read.
    package func beginReading(at now: Instant) {
        let next = CallTables(mostBytes: mostBytes / 2, since: now)
        state.withSpinThenLock { $0.next = next }
    }

    /// Puts what was read under what came since ``beginReading(at:)``.
    package func use(_ history: CallHistory) {
        // The old ones are freed here, not under the lock.
        _ = state.withSpinThenLock { state in
            defer {
                state.history = history
                if let next = state.next { state.tables = next }
                state.next = nil
            }
            return (state.history, state.tables)
        }
    }

    /// Whether calls were forgotten to make room.
    package var hasForgotten: Bool { state.withSpinThenLock { $0.tables.hasForgotten } }

    /// From when on the memory is complete.
    package var completeSince: Instant {
        state.withSpinThenLock { state in
            let own = state.tables.completeSince
            guard let history = state.history, !state.tables.hasForgotten else { return own }
            return min(own, history.completeSince)
        }
    }
}
