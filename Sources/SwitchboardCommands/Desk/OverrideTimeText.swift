// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TimeZones

/// The clock of the server's rules file, for what commands print.
struct OverrideTimeText {
    private let zone: Zone
    let now: Instant

    init(zone name: String, now: Instant) {
        zone = TimeZones.zone(named: name) ?? .utc
        self.now = now
    }

    /// Hours and minutes; with the date where it is another day.
    func time(_ instant: Instant) -> String {
        let local = zone.local(instant)
        return local.date == zone.local(now).date ? local.clock : "\(local.date) \(local.clock)"
    }

    /// When something ends, such as `until 17:30 (in 1 h 12 min)`.
    func end(_ until: Instant?) -> String {
        guard let until else { return "until somebody takes it back" }
        return "until \(time(until)) (in \(Self.words(until.microseconds(since: now) / 1_000_000)))"
    }

    /// A stretch of time in its two largest units.
    static func words(_ seconds: Int64) -> String {
        switch max(0, seconds) {
        case let short where short < 120: "\(short) s"
        case let middle where middle < 7200: "\(middle / 60) min"
        case let long where long < 2 * 86_400: "\(long / 3600) h \(long / 60 % 60) min"
        case let days: "\(days / 86_400) days"
        }
    }
}
