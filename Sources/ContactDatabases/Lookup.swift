// SPDX-License-Identifier: Apache-2.0

import Contacts
import Synchronization

/// A lookup with a time limit: it ends with the answer or with the limit, whichever comes first.
final class Lookup: Sendable {
    private enum State {
        case waiting(CheckedContinuation<ContactAnswer, Never>)
        case running(CheckedContinuation<ContactAnswer, Never>)
        /// The time is up, but the query is still running.
        case abandoned
        case over
    }

    private let state: Mutex<State>

    init(_ continuation: CheckedContinuation<ContactAnswer, Never>) {
        state = Mutex(.waiting(continuation))
    }

    /// Begins the query; `false` if the time is up.
    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation) = state else { return false }
            state = .running(continuation)
            return true
        }
    }

    /// Delivers the answer, unless the time was up first.
    func end(_ answer: ContactAnswer) {
        let continuation = state.withLock { state -> CheckedContinuation<ContactAnswer, Never>? in
            defer { state = .over }
            guard case .running(let continuation) = state else { return nil }
            return continuation
        }
        continuation?.resume(returning: answer)
    }

    /// Ends the wait and interrupts the running query, but never the next one.
    ///
    /// - Returns: Whether the query is still running: an interruption between two statements is lost.
    func giveUp(interrupting interrupt: () -> Void) -> Bool {
        let (continuation, isRunning) = state.withLock {
            state -> (CheckedContinuation<ContactAnswer, Never>?, Bool) in
            switch state {
            case .waiting(let continuation):
                state = .over
                return (continuation, false)
            case .running(let continuation):
                state = .abandoned
                // Under the lock, which `end` needs too, so the next lookup has not begun.
                interrupt()
                return (continuation, true)
            case .abandoned:
                interrupt()
                return (nil, true)
            case .over: return (nil, false)
            }
        }
        continuation?.resume(returning: .timedOut)
        return isRunning
    }
}
