// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing
import TimeZones

/// A file with every form of dates is open in exactly the minutes of a brute-force oracle, over two years with a leap day.
///
/// In full, every minute is looked at.
@Suite struct HoursOracleTests {
    private static let file = """
        timezone: Europe/Amsterdam
        holidays:
          nl: { dates: ["04-27", "easter+49..easter+50"] }
          own: { dates: { "05-05": ["12:00-13:00"], "12-06": ["12:00-13:00"], "04-27": ["10:00-11:00"] } }
        hours:
          office:
            weekly:
              mon-fri: ["09:00-12:30", "13:00-17:30"]
              fri: ["22:00-02:00"]
              sun: ["01:30-03:30"]
              tue odd: ["09:00-20:00"]
              even tue: closed
              last fri: ["09:00-12:00"]
              sat even: ["00:00-24:00"]
              first sat: ["10:00-14:00"]
            dates:
              "2027-12-20..2028-01-05": ["10:00-11:00"]
              "2027-12-31": ["20:00-03:00"]
              "2028-08-01..2028-08-14": closed
              "2028-08-03": ["09:00-10:00"]
              "2028-02-29": ["12:00-13:00"]
              "12-24..01-02": ["10:00-14:00"]
              "12-25": closed
              "02-29": ["08:00-10:00"]
              "05-05": closed
              "easter-2..easter+2": ["11:00-12:00"]
              easter: closed
              easter+1: ["22:00-01:00"]
              easter+39: closed
              last monday: ["07:00-19:00"]
              first monday of september: closed
              fourth thursday of november: closed
            holidays: [nl, own]
            closed: { reject: Closed. }
        lines: [{ number: "+31201234567", hours: office }]
        """

    private static let days = 731
    /// Seconds between two looks: every minute takes about a minute of processor time, so by default only some, which come
    /// to lie on every minute of the hour.
    private static let stride: Int64 = Thoroughness.isFull ? 60 : 23 * 60
    private static let zones = [
        "Europe/Amsterdam", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu", "Pacific/Apia",
        "America/St_Johns", "Africa/Casablanca", "UTC",
    ]

    @Test(arguments: zones) func theMinutesAreThoseOfTheOracle(zone name: String) throws {
        let hours = try #require(try RulesFile.sample(Self.file).rules.hours(named: "office"))
        let zone = try #require(TimeZones.zone(named: name))
        var oracle = try HoursOracle(zone: name)
        let first = try #require(CivilDate("2027-07-01"))
        var second = Int64(first.daysSince1970) * 86_400
        let end = second + Int64(Self.days) * 86_400
        var announced = try #require(hours.nextChange(after: Instant(seconds: second), zone: zone)).seconds
        var isOpen = oracle.isOpen(at: Int(second))
        while second < end {
            let now = Instant(seconds: second)
            let expected = oracle.isOpen(at: Int(second))
            guard hours.isOpen(at: zone.local(now)) == expected else {
                Issue.record("\(now.iso8601): the oracle is \(expected ? "open" : "closed")")
                return
            }
            if second >= announced {
                try #require(expected != isOpen, "\(now.iso8601): a change was announced that is none")
                announced = try #require(hours.nextChange(after: now, zone: zone)).seconds
            } else {
                try #require(expected == isOpen, "\(now.iso8601): this change was not announced")
            }
            isOpen = expected
            second += Self.stride
        }
    }
}
