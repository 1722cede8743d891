// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

/// Moments as people write them, typed on Wednesday, 1 July 2026 at noon in Amsterdam.
@Suite struct MomentTextTests {
    /// Amsterdam in 2026: one hour ahead of UTC, two from 29 March 01:00 UTC to 25 October 01:00 UTC.
    private static let amsterdam = LocalClock { instant in
        (1_774_746_000..<1_792_890_000).contains(instant.seconds) ? 7200 : 3600
    }
    private static let noon = Instant(iso8601: "2026-07-01T12:00:00+02:00") ?? .sample

    @Test(arguments: [
        ("2026-06-02T10:00+02:00", "2026-06-02T08:00:00.000Z"), ("2026-06-02 10:00", "2026-06-02T08:00:00.000Z"),
        ("2026-06-02T10:00", "2026-06-02T08:00:00.000Z"), ("2026-06-02 9:05", "2026-06-02T07:05:00.000Z"),
        ("2026-06-02 10:00:30", "2026-06-02T08:00:30.000Z"), ("2026-06-02T10:00:30.25", "2026-06-02T08:00:30.250Z"),
        ("2026-06-02 10:00:30.9999999", "2026-06-02T08:00:30.999Z"), ("2026-12-24 24:00", "2026-12-24T23:00:00.000Z"),
        ("2026-01-02 10:00", "2026-01-02T09:00:00.000Z"), ("now", "2026-07-01T10:00:00.000Z"),
        ("tomorrow 9:00", "2026-07-02T07:00:00.000Z"), ("today 14:30", "2026-07-01T12:30:00.000Z"),
        ("today 9:00", "2026-07-01T07:00:00.000Z"), ("Yesterday 09:00", "2026-06-30T07:00:00.000Z"),
        ("14:30", "2026-07-01T12:30:00.000Z"), ("11:00", "2026-07-02T09:00:00.000Z"),
        ("wed 13:00", "2026-07-01T11:00:00.000Z"), ("wed 11:00", "2026-07-08T09:00:00.000Z"),
        ("Monday 9:00", "2026-07-06T07:00:00.000Z"), ("thu 24:00", "2026-07-02T22:00:00.000Z"),
        (" 2026-06-02 10:00 ", "2026-06-02T08:00:00.000Z"),
        // Skipped on 29 March: as much later as is skipped; shown twice on 25 October: the first time.
        ("2026-03-29 02:30", "2026-03-29T01:30:00.000Z"), ("2026-10-25 02:30", "2026-10-25T00:30:00.000Z"),
    ])
    func isRead(_ text: String, _ moment: String) {
        #expect(MomentText.read(text, now: Self.noon, clock: Self.amsterdam)?.iso8601 == moment)
    }

    /// Times that the clocks skip or show twice, and others.
    @Test(
        arguments: [
            ("2026-03-29 02:30", "skip 02:30 on 2026-03-29; 03:30"), ("2026-03-29T02:00:30", "skip 02:00:30"),
            ("2026-10-25 02:30", "02:30 twice on 2026-10-25"), ("2026-10-25 0200", "twice"),
            ("2026-10-25 02:30:00.5", "twice"), ("2026-03-29 03:00", nil),
            ("2026-03-29 01:59", nil), ("2026-10-25 03:00", nil), ("2026-10-25T02:30+01:00", nil), ("now", nil),
            ("tomorrow 9:00", nil), ("thu 24:00", nil), ("2026-12-24 24:00", nil), ("mon 9:00", nil),
        ] as [(String, String?)])
    func oddTimesAreNamed(_ text: String, _ words: String?) throws {
        let instant = try #require(MomentText.read(text, now: Self.noon, clock: Self.amsterdam))
        let oddity = MomentText.oddity(of: text, read: instant, clock: Self.amsterdam)
        #expect((oddity == nil) == (words == nil))
        if let words { #expect(oddity?.contains(words) == true, "\(oddity ?? "")") }
    }

    @Test(arguments: [
        "", " ", "tomorrow", "mon", "9", "25:00", "tomorrow 25:00", "tomorow 9:00", "mo 9:00", "today 9:00 pm",
        "2026-06-31 10:00", "2026-06-02 10:00.5", "2026-06-02 10:00:30.", "2026-06-02 10:00:30.5x",
        "2026-06-02", "2026-06-02 10:00:60", "2026-06-02 24:00:01", "2026-06-02  ", "02-06-2026 10:00", "today ９:00",
    ])
    func isNotRead(_ text: String) {
        #expect(MomentText.read(text, now: Self.noon, clock: Self.amsterdam) == nil)
    }

    /// The clocks show 02:00 to 03:00 twice on 25 October, from 00:00 and from 01:00 UTC, and skip it on 29 March.
    @Test(arguments: [
        ("2026-10-25T01:45:00Z", "2026-10-25T01:30:00.000Z"), ("2026-10-25T01:15:00Z", "2026-10-25T00:30:00.000Z"),
        ("2026-10-25T00:15:00Z", "2026-10-24T00:30:00.000Z"), ("2026-10-25T09:00:00Z", "2026-10-25T01:30:00.000Z"),
        ("2026-03-29T09:00:00Z", "2026-03-29T01:30:00.000Z"), ("2026-03-29T01:15:00Z", "2026-03-28T01:30:00.000Z"),
    ])
    func aTimeOfDayIsTheNewestOne(_ now: String, _ moment: String) throws {
        let now = try #require(Instant(iso8601: now))
        #expect(MomentText.past("02:30", now: now, clock: Self.amsterdam)?.iso8601 == moment)
    }

    @Test(arguments: ["tomorrow 9:00", "14:30", "now", "mon 9:00"]) func filesNameADate(_ text: String) {
        #expect(MomentText.absolute(text, clock: Self.amsterdam) == nil)
    }
}
