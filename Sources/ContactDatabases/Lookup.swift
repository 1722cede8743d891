// SPDX-License-Identifier: Apache-2.0

import Contacts
import Synchronization

/// Somebody who waits for a contact, for a time: the answer or the end of that time, whichever comes first.
final class Lookup: Sendable {
    private enum State {
        case waiting(CheckedContinuation<ContactAnswer, Never>)
        case running(CheckedContinuation<ContactAnswer, Never>)
        /// Nobody waits any more for what is still being worked out.
        case abandoned
        case over
    }

    private let state: Mutex<State>

    init(_ continuation: CheckedContinuation<ContactAnswer, Never>) {
        state = Mutex(.waiting(continuation))
    }

    /// Tells whether the answer is still wanted, which is worked out from now on.
    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation) = state else { return false }
            state = .running(continuation)
            return true
        }
    }

    /// Gives the answer, unless the time was over before.
    func end(_ answer: ContactAnswer) {
        let continuation = state.withLock { state -> CheckedContinuation<ContactAnswer, Never>? in
            defer { state = .over }
            guard case .running(let continuation) = state else { return nil }
            return continuation
        }
        continuation?.resume(returning: answer)
    }

    /// Ends the wait, and interrupts what is being worked out, and nothing else.
    ///
    /// - Returns: Whether it is still being worked out: an interruption between two statements is lost.
    func giveUp(interrupting interrupt: () -> Void) -> Bool {
        let (continuation, isRunning) = state.withLock {
            state -> (CheckedContinuation<ContactAnswer, Never>?, Bool) in
            switch state {
            case .waiting(let continuation):
                state = .over
                return (continuation, false)
            case .running(let continuation):
                state = .abandoned
                // Under the lock, which its end needs too: the next lookup has not begun.
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
