// SPDX-License-Identifier: Apache-2.0

import Calls
import Synchronization

/// A remote source with its recent answers and its circuit breaker.
package final class RemoteSource: Sendable {
    private struct State {
        var cache: ContactCache
        /// `nil` for a source that is asked however often it fails.
        var breaker: CircuitBreaker?
    }

    private let contacts: any RemoteContacts
    private let timeout: Duration
    private let state: Mutex<State>

    /// Creates a source with a timeout, whose answers are cached for `lifetime`.
    ///
    /// With `rests`, it is skipped for a while after several failures in a row.
    package init(_ contacts: any RemoteContacts, timeout: Duration, lifetime: Duration, rests: Bool = true) {
        self.contacts = contacts
        self.timeout = timeout
        state = Mutex(State(cache: ContactCache(lifetime: lifetime), breaker: rests ? CircuitBreaker() : nil))
    }

    var name: String { contacts.name }

    /// Returns what is known without waiting: a cached answer, or `skipped`; else `nil`.
    func answerAtOnce(for query: ContactQuery, at now: UInt64) -> ContactAnswer? {
        let query = asked(query)
        return state.withSpinThenLock { state in
            if let answer = state.cache.answer(for: query, at: now) { return answer }
            return state.breaker?.isOpen(at: now) ?? false ? .skipped : nil
        }
    }

    /// Asks the source, at most for its own timeout and for the time left.
    func answer(for query: ContactQuery, within budget: Deadline) async -> ContactAnswer {
        let query = asked(query)
        if let known = answerAtOnce(for: query, at: budget.now) { return known }
        let granted = min(timeout, budget.left)
        guard granted > .zero else { return .timedOut }
        guard state.withSpinThenLock({ $0.breaker?.mayAsk(at: budget.now) ?? true }) else { return .skipped }
        let answer = await contacts.contact(for: query, within: granted)
        state.withSpinThenLock { state in
            state.cache.store(answer, for: query, at: budget.now)
            switch answer {
            case .found, .unknown: state.breaker?.note(answered: true, at: budget.now)
            case .failed: state.breaker?.note(answered: false, at: budget.now)
            // Other servers had used up part of its time.
            case .timedOut where granted < timeout: break
            case .timedOut: state.breaker?.note(answered: false, at: budget.now)
            case .skipped, .busy, .exhausted: break
            }
        }
        return answer
    }

    /// The query without what the source does not ask for, so that the answer of one line serves all.
    private func asked(_ query: ContactQuery) -> ContactQuery {
        contacts.asksForLine ? query : ContactQuery(query.number)
    }
}

/// A source of contacts that answers asynchronously.
package protocol RemoteContacts: Sendable {
    /// The name for messages, such as its URL or `crm.sqlite`.
    var name: String { get }

    /// Whether the answer depends on the called line.
    var asksForLine: Bool { get }

    /// Looks a caller up, within the given time.
    func contact(for query: ContactQuery, within time: Duration) async -> ContactAnswer
}
