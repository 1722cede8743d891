// SPDX-License-Identifier: Apache-2.0

package import Calls
import Synchronization

/// When callers called and lines were called, for rules that count: the newest calls of each, bounded in number.
package final class RecentCalls: Sendable {
    private let state: Mutex<State>

    /// Remembers at most so many callers; when they are too many, those of whom nothing was heard longest go first.
    package init(mostCallers: Int = 100_000) {
        state = Mutex(State(mostCallers: mostCallers))
    }

    /// Returns the earlier calls of a caller and of a line, newest first, at most `depth` of each.
    package func earlier(caller: PhoneNumber?, called: PhoneNumber?, depth: Int) -> EarlierCalls {
        state.withSpinThenLock { state in
            EarlierCalls(
                fromCaller: caller.map { state.callers.newest(of: $0, depth) } ?? [],
                toLine: called.map { state.lines.newest(of: $0, depth) } ?? [])
        }
    }

    /// Remembers a call, once it is answered.
    package func note(caller: PhoneNumber?, called: PhoneNumber?, at now: Instant, depth: Int) {
        state.withSpinThenLock { state in
            if let caller { state.callers.note(caller, at: now, depth) }
            if let called { state.lines.note(called, at: now, depth) }
        }
    }

    private struct State: Sendable {
        var callers: CallTimes
        var lines: CallTimes

        init(mostCallers: Int) {
            callers = CallTimes(mostNumbers: mostCallers)
            lines = CallTimes(mostNumbers: mostCallers)
        }
    }
}
