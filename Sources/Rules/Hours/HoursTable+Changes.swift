// SPDX-License-Identifier: Apache-2.0

package import Calls

extension HoursTable {
    /// How far ahead a change is looked for; a table that does not change within it does not change.
    private static let horizonDays: Int64 = 400

    /// Returns when the table next opens or closes on the clocks of the zone; `nil` if it does neither within 400 days.
    ///
    /// Where clocks jump, the wall clock decides: hours that are skipped are over at once, repeated ones count again.
    package func nextChange(after instant: Instant, zone: Zone) -> Instant? {
        let wasOpen = isOpen(at: zone.local(instant))
        let end = instant.seconds + Self.horizonDays * 86_400
        var start = instant.seconds
        // Between two transitions the wall clock runs evenly, so that its readings can be turned into instants.
        while start < end {
            let segmentEnd = min(zone.transition(after: start) ?? end, end)
            let offset = zone.offset(at: Instant(seconds: start))
            if let change = boundary(after: start, before: segmentEnd, offset: offset, wasOpen: wasOpen) {
                return Instant(seconds: change)
            }
            if segmentEnd < end, isOpen(at: zone.local(Instant(seconds: segmentEnd))) != wasOpen {
                return Instant(seconds: segmentEnd)
            }
            start = segmentEnd
        }
        return nil
    }

    /// Returns the first second between two at which the table is not as it was.
    private func boundary(after start: Int64, before end: Int64, offset: Int, wasOpen: Bool) -> Int64? {
        let offset = Int64(offset)
        var day = Int((start + offset).flooredDivision(by: 86_400))
        while Int64(day) * 86_400 - offset < end {
            let midnight = Int64(day) * 86_400 - offset
            if let second = firstChange(ofDay: day, midnight: midnight, between: start, and: end, wasOpen: wasOpen) {
                return second
            }
            day += 1
        }
        return nil
    }

    /// Returns the first change on this day, where windows of it and of the day before begin or end.
    private func firstChange(
        ofDay day: Int, midnight: Int64, between start: Int64, and end: Int64, wasOpen: Bool
    ) -> Int64? {
        var first: Int64?
        func consider(_ second: Int64) {
            guard second > start, second < end, second < first ?? end else { return }
            let local = LocalTime(secondsSince1970: second - midnight + Int64(day) * 86_400)
            if local.date.daysSince1970 == day, isOpen(at: local) != wasOpen { first = second }
        }
        for earlier in 0...1 {
            for window in windows(on: CivilDate(daysSince1970: day - earlier)) {
                consider(midnight + Int64(window.start * 60 - earlier * 86_400))
                consider(midnight + Int64(window.end * 60 - earlier * 86_400))
            }
        }
        return first
    }
}
