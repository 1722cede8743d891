// SPDX-License-Identifier: Apache-2.0

import Calls
import Foundation
import Rules
import Testing
import TimeZones

@Suite struct TimeZonesTests {
    @Test(arguments: [
        "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata",
        "America/Sao_Paulo", "UTC",
    ])
    func agreesWithTheSystemInEveryHourOfThreeYearsAndAtEveryTransition(name: String) throws {
        let zone = try #require(TimeZones.zone(named: name))
        let system = try #require(TimeZone(identifier: name))
        let start = Instant.start2025
        var moments = (0..<(3 * 365 * 24)).map { start + Int64($0) * 3600 }
        moments += zone.transitions.flatMap { [$0.at - 1, $0.at, $0.at + 1] }
        for second in moments {
            let expected = system.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
            guard zone.offset(at: Instant(seconds: second)) != expected else { continue }
            Issue.record("\(name) is off at \(second)")
            return
        }
    }

    @Test func knowsTheExactSecondOfATransition() throws {
        let zone = try #require(TimeZones.zone(named: "Europe/Amsterdam"))
        // 2026-03-29T01:00:00Z
        #expect(zone.offset(at: Instant(seconds: 1_774_746_000 - 1)) == 3600)
        #expect(zone.offset(at: Instant(seconds: 1_774_746_000)) == 7200)
    }

    @Test func utcHasNoTransitions() {
        #expect(TimeZones.zone(named: "UTC") == .utc)
    }

    @Test(arguments: ["", "Europe/Amsterdm", "../../etc/passwd", "/etc/localtime", "Europe/Amsterdam\n", "Café"])
    func knowsNoZoneOfAnotherName(name: String) {
        #expect(TimeZones.zone(named: name) == nil)
    }
}

extension Instant {
    /// The beginning of 2025 in UTC.
    fileprivate static let start2025: Int64 = 1_735_689_600
}
