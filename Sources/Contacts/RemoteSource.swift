// SPDX-License-Identifier: Apache-2.0

import Calls
import Synchronization

/// A remote source with what it said lately and how it is doing.
package final class RemoteSource: Sendable {
    private struct State {
        var cache: ContactCache
        /// `nil` for a source that is asked however often it failed.
        var health: CircuitBreaker?
    }

    private let contacts: any RemoteContacts
    private let timeout: Duration
    private let state: Mutex<State>

    /// Creates a source that is waited for `timeout` at most and whose answers are remembered for `lifetime`.
    ///
    /// One that `rests` is skipped for a while when it keeps failing.
    package init(_ contacts: any RemoteContacts, timeout: Duration, lifetime: Duration, rests: Bool = true) {
        self.contacts = contacts
        self.timeout = timeout
        state = Mutex(State(cache: ContactCache(lifetime: lifetime), health: rests ? CircuitBreaker() : nil))
    }

    var name: String { contacts.name }

    /// Returns what can be said without waiting: what it said lately, or that it is skipped; else `nil`.
    func answerAtOnce(for number: PhoneNumber, at now: UInt64) -> ContactAnswer? {
        state.withSpinThenLock { state in
            if let answer = state.cache.answer(for: number, at: now) { return answer }
            return state.health?.isResting(at: now) ?? false ? .skipped : nil
        }
    }

    /// Asks the source, at most for its own timeout and for what is left of the budget.
    func answer(for number: PhoneNumber, within budget: Deadline) async -> ContactAnswer {
        if let known = answerAtOnce(for: number, at: budget.now) { return known }
        let granted = min(timeout, budget.left)
        guard granted > .zero else { return .timedOut }
        guard state.withSpinThenLock({ $0.health?.mayAsk(at: budget.now) ?? true }) else { return .skipped }
        let answer = await contacts.contact(for: number, within: granted)
        state.withSpinThenLock { state in
            state.cache.store(answer, for: number, at: budget.now)
            // A source that got less than its own time, because others had taken it, is not to blame.
            guard answer != .timedOut || granted == timeout else { return }
            state.health?.note(answered: answer.isAnswer, at: budget.now)
        }
        return answer
    }
}

extension ContactAnswer {
    /// Whether the source did what it is there for.
    fileprivate var isAnswer: Bool {
        switch self {
        case .found, .unknown: true
        case .timedOut, .skipped, .failed: false
        }
    }
}
