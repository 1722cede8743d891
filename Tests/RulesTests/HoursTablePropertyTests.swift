// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// The change that is announced and the clock that is read agree in every minute of two years with a leap day.
@Suite struct HoursTablePropertyTests {
    private static let days = 731
    private static let zones = [
        "Europe/Amsterdam", "America/New_York",
        // Half an hour is skipped and repeated.
        "Australia/Lord_Howe",
        // The clocks are set back for Ramadan.
        "Africa/Casablanca",
        // Not a whole hour from UTC.
        "Asia/Kathmandu",
    ]

    @Test(arguments: zones, [1, 2] as [UInt64])
    func theAnnouncedChangesAreThoseOfTheClock(zone name: String, seed: UInt64) throws {
        let zone = Zone.named(name)
        let first = try #require(CivilDate("2027-07-01"))
        var generator = SeededGenerator(seed: seed)
        let hours = HoursTable.random(&generator, zone: zone, from: first, days: Self.days)
        var second = Int64(first.daysSince1970) * 86_400
        let end = second + Int64(Self.days) * 86_400
        var isOpen = hours.isOpen(at: zone.local(Instant(seconds: second)))
        var announced = try #require(hours.nextChange(after: Instant(seconds: second), zone: zone)).seconds
        var changes = 0
        while second < end {
            second += 60
            let now = Instant(seconds: second)
            if second >= announced {
                try #require(second == announced, "\(now.iso8601): the change was announced between two minutes")
                isOpen.toggle()
                changes += 1
                announced = try #require(hours.nextChange(after: now, zone: zone)).seconds
            } else if second % 59_940 == 0 {
                // A question in between gets the same answer.
                try #require(hours.nextChange(after: now, zone: zone)?.seconds == announced, "\(now.iso8601)")
            }
            guard hours.isOpen(at: zone.local(now)) == isOpen else {
                Issue.record("\(now.iso8601): the clock reads \(!isOpen ? "open" : "closed")")
                return
            }
        }
        #expect(changes > Self.days, "the table changes often enough to prove something")
    }
}
