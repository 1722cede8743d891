// SPDX-License-Identifier: Apache-2.0

/// Whether another server is worth asking: one that keeps failing rests for a while, and is then tried once a pause.
///
/// Times are ticks: nanoseconds since some fixed moment, never set back.
package struct CircuitBreaker: Equatable, Sendable {
    private enum State: Equatable {
        /// How often it failed since it last answered.
        case working(failures: Int)
        /// Since when it is left alone, or when it was last tried.
        case resting(since: UInt64)
    }

    /// How many failures in a row send it to rest.
    package static let tolerance = 3
    /// How long it rests, in nanoseconds.
    package static let pause: UInt64 = 30_000_000_000

    private var state = State.working(failures: 0)

    package init() {}

    /// Whether it is to be skipped.
    package func isResting(at now: UInt64) -> Bool {
        guard case .resting(let since) = state else { return false }
        return now < since + Self.pause
    }

    /// Tells whether it may be asked now; for one that rested, `true` counts as the one try of this pause.
    package mutating func mayAsk(at now: UInt64) -> Bool {
        guard !isResting(at: now) else { return false }
        if case .resting = state { state = .resting(since: now) }
        return true
    }

    /// Notes whether it answered; knowing a caller and not knowing one are both answers.
    package mutating func note(answered: Bool, at now: UInt64) {
        switch (answered, state) {
        case (true, _): state = .working(failures: 0)
        // Somebody asked before it went to rest; the pause is not begun anew.
        case (false, .resting): break
        case (false, .working(let failures)):
            state = failures + 1 < Self.tolerance ? .working(failures: failures + 1) : .resting(since: now)
        }
    }
}
