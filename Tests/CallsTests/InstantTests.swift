// SPDX-License-Identifier: Apache-2.0

import Calls
import Testing

@Suite struct InstantTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_782_900_000_000_000, "2026-07-01T10:00:00.000Z"),
            (1_782_900_000_999_999, "2026-07-01T10:00:00.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (-1_000_000, "1969-12-31T23:59:59.000Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
            (253_402_300_799_000_000, "9999-12-31T23:59:59.000Z"),
        ] as [(Int64, String)])
    func anInstantIsWrittenInUTCWithMilliseconds(_ microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).iso8601 == text)
    }

    @Test(arguments: [
        (7200, "2026-07-01T12:00:00+02:00"), (0, "2026-07-01T10:00:00+00:00"), (-34_200, "2026-07-01T00:30:00-09:30"),
        (50_400, "2026-07-02T00:00:00+14:00"), (-39_600, "2026-06-30T23:00:00-11:00"),
        (20_700, "2026-07-01T15:45:00+05:45"),
    ])
    func anInstantIsWrittenAsItsZoneReadsIt(_ offset: Int, text: String) {
        #expect(Instant(seconds: 1_782_900_000).iso8601(offset: offset) == text)
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-07-01T10:00:00.000Z", 1_782_900_000_000_000),
            ("2026-07-01T12:00:00+02:00", 1_782_900_000_000_000), ("2026-07-01T12:00:00+0200", 1_782_900_000_000_000),
            ("2026-07-01T05:30:00-04:30", 1_782_900_000_000_000), ("2026-07-01 10:00:00Z", 1_782_900_000_000_000),
            ("2026-07-01T10:00:00.5Z", 1_782_900_000_500_000), ("2026-07-01T10:00:00.1234567Z", 1_782_900_000_123_456),
            ("2026-07-01T10:00:00.000001+00:00", 1_782_900_000_000_001), ("1969-12-31T23:59:59.999999Z", -1),
            ("2026-07-01T10:00Z", 1_782_900_000_000_000), ("2026-07-01T12:00+02:00", 1_782_900_000_000_000),
            ("2026-07-01T12:00:00+02", 1_782_900_000_000_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ] as [(String, Int64)])
    func ISO8601IsRead(_ text: String, microseconds: Int64) {
        #expect(Instant(iso8601: text) == Instant(microseconds: microseconds))
    }

    @Test(arguments: [
        "", "2026-07-01", "2026-07-01T10:00:00", "2026-07-01T10:00", "2026-07-01T10:00:Z", "2026-07-01T10:00.5Z",
        "2026-07-01T24:00:00Z", "2026-07-01T10:60:00Z",
        "2026-07-01T10:00:61Z", "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z", "2026-07-01T10:00:00.Z",
        "2026-07-01T10:00:00z", "2026-07-01T10:00:00+2", "2026-07-01T10:00:00+02:60", "2026-07-01T10:00:00+19:00",
        "2026-07-01T10:00:00 +02:00", "2026-07-01T10:00:00ZZ", " 2026-07-01T10:00:00Z", "2026-07-01T10:00:00,5Z",
        "2026-07-01T1０:00:00Z", "2026-07-01T-1:00:00Z", "2026-07-01T10:00:00+:02:00", "2026-07-01T10:00:00+02:00:",
        "2026-07-01T10:00:00+0:200", "2026-7-01T10:00:00Z", "１970-01-01T00:00:00Z", "20260701T100000Z.....",
    ])
    func whateverIsNoISO8601WithAZoneIsNotRead(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test func whatIsWrittenCanBeRead() {
        for step in -500...500 {
            let instant = Instant(microseconds: Int64(step) * 86_399_877_000)
            #expect(Instant(iso8601: instant.iso8601) == instant)
        }
    }

    @Test func instantsAreOrderedAndSubtracted() {
        let early = Instant(microseconds: -1_500_000)
        let late = early.advanced(bySeconds: 2)
        #expect(early < late)
        #expect(late.microseconds(since: early) == 2_000_000)
        #expect(early.microseconds(since: late) == -2_000_000)
        #expect(early.seconds == -2)
        #expect(late.seconds == 0)
    }
}
