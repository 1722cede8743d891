// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Latencies

/// Counts since the start; calls that were let go from memory stay counted.
package struct Totals: Sendable {
    /// Webhooks that were answered 200.
    package internal(set) var answered = 0
    /// Requests that were turned away, by `Refusal.code`.
    package internal(set) var refused: [String: Int] = [:]
    /// Requests turned away because of their signature.
    package internal(set) var unsigned = 0
    /// Calls that were seen.
    package internal(set) var calls = 0
    /// Calls that were let go from memory.
    package internal(set) var evicted = 0
    /// Assistant-requests that were asked again for the same call.
    package internal(set) var repeats = 0
    /// Assistant-requests for which the fallback went out because the answer was late.
    package internal(set) var late = 0
    var kindCounts = KindCounts()
    /// How many answers each decider gave.
    package internal(set) var deciders: [Decider: Int] = [:]
    package internal(set) var latency = LatencyHistogram()
    /// When the last assistant-request was answered.
    package internal(set) var lastAnswerAt: Instant?
    /// Calls by minute, for the newest minutes.
    package internal(set) var perMinute = MinuteCounts()

    /// How many answers of each kind went out.
    package var kinds: [AnswerKind: Int] { kindCounts.byKind }

    /// Every request on the webhook's address.
    package var received: Int { answered + refusedInAll }

    package var refusedInAll: Int { refused.values.reduce(0, +) }

    package init() {}

    /// Totals that another log counted.
    package init(
        answered: Int, refused: [String: Int], unsigned: Int, calls: Int, evicted: Int, repeats: Int, late: Int,
        kinds: [AnswerKind: Int], deciders: [Decider: Int], latency: LatencyHistogram, lastAnswerAt: Instant?,
        perMinute: MinuteCounts
    ) {
        self.answered = answered
        self.refused = refused
        self.unsigned = unsigned
        self.calls = calls
        self.evicted = evicted
        self.repeats = repeats
        self.late = late
        kindCounts = KindCounts(kinds)
        self.deciders = deciders
        self.latency = latency
        self.lastAnswerAt = lastAnswerAt
        self.perMinute = perMinute
    }
}
