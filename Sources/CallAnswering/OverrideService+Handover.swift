// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Rules
import Synchronization

extension OverrideService {
    /// What the operator must know of the time before the start.
    package struct Handover: Hashable, Sendable {
        /// What is wrong with what was kept, a sentence each.
        package let warnings: [String]
        /// What is still in force, such as `closed all lines since 2026-07-01 14:00, until it is taken back, by anna`.
        package let standing: [String]
    }

    /// Ends what is over by now, and tells the log what the operator must know of the time before.
    package func takeOver() -> Handover {
        expire()
        let (state, warnings) = kept.withLock { ($0.state, $0.allWarnings) }
        let zone = zone
        let now = clock.now()
        let standing = state.overrides.filter { $0.isInForce(at: now) }.map { $0.story(in: zone) }
        for words in warnings + standing.map({ "still in force since before the start: \($0)" }) { tell(words) }
        return Handover(warnings: warnings, standing: standing)
    }
}

extension Override {
    /// All that there is to say of it, by the clocks of a zone.
    fileprivate func story(in zone: Zone) -> String {
        let end = until.map { "until \(zone.local($0).dateAndClock)" } ?? "until it is taken back"
        let why = reason.isEmpty ? "" : ", reason: \(reason)"
        return "\(deed) since \(zone.local(since).dateAndClock), \(end), by \(who)\(why)"
    }
}

extension LocalTime {
    /// The date with hours and minutes, such as `2026-07-01 17:30`.
    fileprivate var dateAndClock: String { "\(date) \(clock)" }
}
