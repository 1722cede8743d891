// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// The change that is announced and the clock that is read agree for two years with a leap day: in the minute of each change,
/// in the minute before, and in every few minutes between, or in every minute on request.
@Suite struct HoursTablePropertyTests {
    private static let days = 731
    private static let stride: Int64 = Thoroughness.isFull ? 60 : 13 * 60
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
            let next = second + Self.stride
            second = next < announced ? next : max(second + 60, second + 60 < announced ? announced - 60 : announced)
            let now = Instant(seconds: second)
            if second >= announced {
                try #require(second == announced, "\(now.iso8601): the change was announced for the minute before")
                try #require(second % 60 == 0, "\(now.iso8601): the change was announced between two minutes")
                isOpen.toggle()
                changes += 1
                announced = try #require(hours.nextChange(after: now, zone: zone)).seconds
            } else if second % 59_940 < Self.stride {
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
