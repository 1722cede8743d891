// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// When a replica last heard from the engine, and what that means for what it shows.
///
/// Ticks are nanoseconds of a clock that is never set back, so that a step of the wall clock changes nothing.
package struct EngineHearing: Hashable, Sendable {
    private var last: Heard?
    /// How far this clock is ahead of the engine's; `nil` until it was measured.
    package private(set) var offset: Duration?

    private struct Heard: Hashable {
        let ticks: UInt64
        let at: Instant
    }

    /// An answer that is older is called stale.
    package static let freshness = Duration.seconds(2)
    /// A replica that heard nothing for longer is cut off.
    package static let patience = Duration.seconds(60)

    package init() {}

    /// Notes an answer of the engine.
    package mutating func note(at now: Instant, ticks: UInt64) { last = Heard(ticks: ticks, at: now) }

    /// Measures the clock: the engine read its own halfway between the question, at `sent`, and the answer.
    package mutating func measure(_ time: EngineTime, sent: Instant) {
        let (seconds, attoseconds) = time.roundTrip.components
        let half = (seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 2
        offset = .microseconds(sent.microseconds(since: time.now) + half)
    }

    /// How newly the engine was heard.
    package func contact(ticks: UInt64) -> EngineContact {
        guard let last else { return .never }
        let age = Duration.nanoseconds(Int64(clamping: ticks - min(ticks, last.ticks)))
        if age <= Self.freshness { return .fresh }
        return age < Self.patience ? .stale(since: last.at) : .cutOff(since: last.at)
    }

    /// The offset in whole milliseconds.
    package var offsetMilliseconds: Int? { offset.map { Int($0 / .milliseconds(1)) } }
}
