// SPDX-License-Identifier: Apache-2.0

/// Decides whether a server is asked: after several failures in a row it is skipped for a while (the breaker is open), and
/// then tried once per pause (half-open).
///
/// Times are ticks: nanoseconds since some fixed moment, never set back.
package struct CircuitBreaker: Equatable, Sendable {
    private enum State: Equatable {
        /// Closed: how many failures there were since the last answer.
        case closed(failures: Int)
        /// Open: since when, or when the server was last tried.
        case open(since: UInt64)
    }

    /// How many failures in a row open the breaker.
    package static let tolerance = 3
    /// How long it stays open, in nanoseconds.
    package static let pause: UInt64 = 30_000_000_000

    private var state = State.closed(failures: 0)

    package init() {}

    /// Whether the server is skipped.
    package func isOpen(at now: UInt64) -> Bool {
        guard case .open(let since) = state else { return false }
        return now < since + Self.pause
    }

    /// Returns whether the server may be asked now; if the breaker is open, `true` is the one attempt of this pause.
    package mutating func mayAsk(at now: UInt64) -> Bool {
        guard !isOpen(at: now) else { return false }
        if case .open = state { state = .open(since: now) }
        return true
    }

    /// Notes a result; "unknown caller" is an answer too.
    package mutating func note(answered: Bool, at now: UInt64) {
        switch (answered, state) {
        case (true, _): state = .closed(failures: 0)
        // A request that began before the breaker opened must not extend the pause.
        case (false, .open): break
        case (false, .closed(let failures)):
            state = failures + 1 < Self.tolerance ? .closed(failures: failures + 1) : .open(since: now)
        }
    }
}
