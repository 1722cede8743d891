// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Whether webhooks reach this server at its public address, as its own probes find out.
package struct ProbeStatus: Hashable, Sendable {
    /// The public address.
    package let url: String
    /// The time between two probes, in seconds.
    package let everySeconds: Int
    /// The newest probe; `nil` before the first has its result.
    package private(set) var newest: Probed?
    /// Since when every probe has failed; `nil` while they succeed.
    package private(set) var failingSince: Instant?

    package init(url: String, everySeconds: Int, newest: Probed? = nil, failingSince: Instant? = nil) {
        self.url = url
        self.everySeconds = everySeconds
        self.newest = newest
        self.failingSince = failingSince
    }

    /// One probe.
    package struct Probed: Hashable, Sendable {
        /// When its result was known.
        package let at: Instant
        package let outcome: Outcome

        package init(at: Instant, outcome: Outcome) {
            self.at = at
            self.outcome = outcome
        }
    }

    /// What became of a probe.
    package enum Outcome: Hashable, Sendable {
        /// It arrived here and its reply came back; the time includes connecting.
        case answered(milliseconds: Int)
        /// It did not; the code is for programs.
        case failed(code: String, words: String)

        /// How long the reply took; `nil` for a probe that failed.
        package var milliseconds: Int? {
            switch self {
            case .answered(let milliseconds): milliseconds
            case .failed: nil
            }
        }
    }

    /// While probes fail, the next follows after this time at most, so that the end of it is soon known.
    private static let longestPauseOfFailures = 30

    /// How long to wait before the next probe, in seconds.
    package var pause: Int { failingSince == nil ? everySeconds : min(everySeconds, Self.longestPauseOfFailures) }

    /// Takes the result of a probe, and returns a sentence if it changes whether the address is reachable.
    package mutating func take(_ probed: Probed) -> String? {
        let before = failingSince
        newest = probed
        switch probed.outcome {
        case .answered:
            failingSince = nil
            return before.map { since in
                let seconds = max(1, probed.at.microseconds(since: since) / 1_000_000)
                return "the probe of \(url) succeeds again after \(DurationText.words(seconds: seconds))"
            }
        case .failed(_, let words):
            guard before == nil else { return nil }
            failingSince = probed.at
            return "the probe of \(url) fails: \(words)"
        }
    }

    /// One sentence for people while probes fail; `clock` writes a time of the past.
    package func alarm(_ clock: (Instant) -> String) -> String? {
        guard let failingSince, case .failed(_, let words) = newest?.outcome else { return nil }
        return "the probe of \(url) has failed since \(clock(failingSince)): \(words); "
            + "callers may reach the platform's default assistant"
    }
}
